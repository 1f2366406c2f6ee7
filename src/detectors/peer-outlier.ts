import { z } from 'zod'
import { defineDetector, type Effect, type Verdict } from './detector.ts'
import { fitPeers, type Moments, readMoments } from './peers/fit-peers.ts'
import { judgeAlike } from './peers/judge-alike.ts'
import { type JudgedMember, judgeMembers } from './peers/judge-members.ts'
import { leaveOut } from './peers/leave-out.ts'
import { type Members, takeMembers } from './peers/members.ts'
import { halfWidth } from './series/draw-band.ts'
import type { CrossSection } from './shapes.ts'

const minimum = 3
/** Where nothing is known of the rows inside the members, so many of them are needed to know how much they differ. */
const withoutRowsMin = 5
/** Events (of the rarer kind) in all members, below which nothing can be said. */
const eventsMin = 10

const options = z.object({
  subject: z.string().default('').describe('The member that is judged; the farthest where empty.'),
  without: z
    .string()
    .default('')
    .describe('Members that are left out, `, ` between them: known to be unlike the others.'),
  alike: z
    .boolean()
    .default(false)
    .describe('Takes the others as one: a member is told where it differs, though members may differ by nature.'),
})
type Options = z.infer<typeof options>

/** The member asked for, or the farthest; and how many were looked at for it. */
function judge(
  members: Members,
  at: number,
  alike: boolean,
): { readonly judged: JudgedMember; readonly looks: number } {
  if (!alike) return { judged: judgeMembers(members, at), looks: at < 0 ? members.count : 1 }
  if (at >= 0) return { judged: judgeAlike(members, at), looks: 1 }
  const all = Array.from({ length: members.count }, (_, k) => judgeAlike(members, k))
  return { judged: all.reduce((worst, one) => (one.pValue < worst.pValue ? one : worst)), looks: members.count }
}

function findObstacle(members: Members): string | undefined {
  const { count, tails, value, weight, freedom } = members
  if (count < minimum) return `has ${count} members; peer_outlier needs ${minimum}`
  if (tails === 'measured') {
    if (value.every((x) => x === value[0])) return `all ${count} members are equal`
    if (freedom === 0 && count < withoutRowsMin)
      return `has ${count} members and not how much their rows vary; peer_outlier then needs ${withoutRowsMin}`
    return undefined
  }
  const events = value.reduce((sum, x) => sum + x, 0)
  const trials = weight.reduce((sum, x) => sum + x, 0)
  const rare = tails === 'counted' ? events : Math.min(events, trials - events)
  return rare < eventsMin ? `only ${rare} events in all members; peer_outlier needs ${eventsMin}` : undefined
}

/** Where a member is on the link's scale, and the variance of that from its rows. */
function readPosition({ tails, value, weight, variance }: Members, at: number): { position: number; own: number } {
  const [x, n] = [value[at]!, weight[at]!]
  if (tails === 'measured') return { position: x, own: Number.isNaN(variance[at]!) ? 0 : variance[at]! }
  if (tails === 'counted') return { position: Math.log((x + 0.5) / n), own: 1 / (x + 0.5) }
  return {
    position: Math.log((x + 0.5) / (n - x + 0.5)),
    own: 1 / (x + 0.5) + 1 / (n - x + 0.5),
  }
}

/** How far the member is from its peers, shrunken towards them by what its few rows leave open (empirical Bayes, itself among them). */
function measureEffect(members: Members, { at, peers }: JudgedMember): Effect {
  const { position, own } = readPosition(members, at)
  const distance = position - peers.center
  const between = Math.max(fitPeers(members, -1).between, distance ** 2 - own, 0)
  const kept = between / Math.max(between + own, 1e-300)
  const error = Math.sqrt(kept * own + peers.centerVariance)
  const tell = (x: number) => (members.link === 'identity' ? x : Math.exp(x))
  const measures = { log: 'ratio to peers', logit: 'odds ratio to peers', identity: 'difference from peers' } as const
  return {
    measure: measures[members.link],
    value: tell(kept * distance),
    low: tell(kept * distance - halfWidth * error),
    high: tell(kept * distance + halfWidth * error),
  }
}

/** What the peers let expect of the member, in the unit of its value. */
function readExpected(members: Members, weight: number, { at, peers }: JudgedMember) {
  const moments: Moments = { mean: 0, deviation: 1, slope: 1 }
  readMoments(members, at, peers.center, peers.between + peers.centerVariance, peers.ofRow, moments)
  const width = (halfWidth * moments.deviation) / moments.slope
  const tell = (x: number) => {
    if (members.link === 'identity') return x
    if (members.link === 'logit') return 1 / (1 + Math.exp(-x))
    return members.tails === 'counted' ? weight * Math.exp(x) : Math.exp(x)
  }
  return { expected: tell(peers.center), low: tell(peers.center - width), high: tell(peers.center + width) }
}

function detect(whole: CrossSection, { subject, without, alike }: Options): Verdict<'cross-section'> {
  const section = leaveOut(whole, without)
  const members = takeMembers(section)
  const obstacle = findObstacle(members)
  if (obstacle) return { status: 'untestable', reason: obstacle }
  const asked = subject === '' ? -1 : members.place.indexOf(section.labels.indexOf(subject))
  if (subject !== '' && asked < 0) return { status: 'untestable', reason: `has no member \`${subject}\`` }
  const { judged: worst, looks } = judge(members, asked, alike)
  const place = members.place[worst.at]!
  const observed = section.values[place]!
  const range = readExpected(members, section.weights[place]!, worst)
  const direction = worst.score >= 0 ? 'up' : 'down'
  const effect = measureEffect(members, worst)
  return {
    status: 'tested',
    pValue: Math.max(1e-300, -Math.expm1(looks * Math.log1p(-Math.min(worst.pValue, 1 - 1e-16)))),
    direction,
    observed,
    ...range,
    change: range.expected === 0 ? Number.NaN : observed / range.expected - 1,
    effect,
    sentence: {
      verb: direction === 'up' ? 'stands out above' : 'stands out below',
      subject: section.labels[place]!,
      comparedWith: `the other ${members.count - 1}, and how much they differ among themselves`,
    },
    details: {
      score: worst.score,
      p_of_member: worst.pValue,
      members: members.count,
      left_out: section.values.length - members.count,
      deviation_between_members: Math.sqrt(worst.peers.between),
      scale: members.link,
    },
  }
}

/** Does one of several like things stand out among the others? */
export const peerOutlier = defineDetector({
  name: 'peer_outlier',
  shape: 'cross-section',
  question:
    'Is one member far from its peers, more than they differ among themselves and more than its few rows explain?',
  method:
    "Each member is compared with the others, who have no say of its own: their robust centre, and how much they differ beyond the chance of their rows (random effects by Paule and Mandel 1982, winsorised; the funnel plot with overdispersion of Spiegelhalter 2005). Counts have negative binomial tails, shares beta-binomial ones, means and amounts are compared on the scale of ratios where all are positive. From eight members on the weight of the tails is learnt from the others; of fewer, degrees of freedom say how well their spread is known (Satterthwaite), and the spread of rows inside them is what tells a clear difference. The p-value is that of the farthest member among all (Šidák); the effect is shrunken towards the peers. Give it the groups of one field at one time: sums of a count with their exposure, rates with their rows, means with the rows' standard deviation; rows of one account should be one row.",
  assumes: [
    'Members are of one kind, and what they are divided by (exposure, rows) is the right size to compare them by.',
    'Rows inside a member are independent; where accounts have several rows, the weights count accounts.',
    'Counts of fewer than eight members come one by one.',
  ],
  misleads: [
    'Fewer than eight members that differ, but hardly more than their rows explain, are taken as alike: the member told then differs from the others, though perhaps not more than they might among themselves.',
    'Of some fifty members whose logarithms have much heavier tails than normal ones (Student t with eight degrees of freedom), one is told at 5% about twice as often as it should be.',
    'Where one member is most of the whole, the others are compared with each other: look at the share instead.',
    'A member of another kind (a test account, `unknown`) stands out rightly and means nothing.',
  ],
  minimum,
  minimumOf: 'members, five where nothing is known of their rows',
  options,
  detect,
})
