import { studentT } from '../../stats/student-t.ts'
import { weighTail } from '../../stats/tail-mixture.ts'
import { fitPeers, type Moments, type Peers, readMoments } from './fit-peers.ts'
import { learnFromOthers } from './learn-from-others.ts'
import type { Members } from './members.ts'
import { scoreMember } from './score-member.ts'

export interface JudgedMember {
  /** Place among the members. */
  readonly at: number
  /** Normal score, signed. */
  readonly score: number
  /** Two-sided, of this member alone. */
  readonly pValue: number
  /** What the others say. */
  readonly peers: Peers
}

/** From so many members on, how heavy their tails are is learnt from them. */
const manyFrom = 8
/** Up to so many members each is judged by the others; of more, those that stand out most. */
const eachMax = 40
const candidatesMax = 6

/** Members are never taken as more alike than this: standard deviation on the scales of ratios and odds. */
const leastDifference = 0.05

/** The other members, who differ at least a little. */
function fitOthers(members: Members, without: number): Peers {
  const peers = fitPeers(members, without)
  return members.link === 'identity' ? peers : { ...peers, between: Math.max(peers.between, leastDifference ** 2) }
}

/** However many rows there are, few peers cannot show that they do not differ: no more degrees of freedom than so many for each. */
const freedomMax = 8

/**
 * Degrees of freedom of a few members' variance (Satterthwaite 1946): where they differ by more than their rows explain, only as many as there
 * are peers; where their rows explain all, those of the rows.
 */
function blendFreedom(members: Members, k: number, peers: Peers): number {
  const moments: Moments = { mean: 0, deviation: 1, slope: 1 }
  readMoments(members, k, peers.center, peers.between, peers.ofRow, moments)
  const total = (moments.deviation / moments.slope) ** 2 + peers.centerVariance
  const between = peers.between * (1 + 1 / peers.count)
  const rows = Math.max(0, total - between)
  const spent = between ** 2 / (peers.count - 1) + (rows > 0 ? rows ** 2 / Math.max(1, members.freedom) : 0)
  return Math.min(total ** 2 / spent, freedomMax * peers.count)
}

function judgeFew(members: Members, subject: number): JudgedMember {
  const asked = Array.from({ length: members.count }, (_, at) => at).filter((at) => subject < 0 || at === subject)
  const judged = asked.map((at) => {
    const peers = fitOthers(members, at)
    const score = scoreMember(members, at, peers)
    const pValue = 2 * studentT.upperTail(Math.abs(score), blendFreedom(members, at, peers))
    return { at, score, pValue: Math.min(1, pValue), peers }
  })
  return judged.reduce((worst, one) => (one.pValue < worst.pValue ? one : worst))
}

/** Places of the members to look at more closely. */
function listCandidates(members: Members): readonly number[] {
  const places = Array.from({ length: members.count }, (_, at) => at)
  if (members.count <= eachMax) return places
  const peers = fitPeers(members, -1)
  const sizes = places.map((at) => Math.abs(scoreMember(members, at, peers)))
  return places.sort((a, b) => sizes[b]! - sizes[a]!).slice(0, candidatesMax)
}

/** So many members like it are enough to learn its tails from. */
const comparableMin = 30

/**
 * The others whose variance is mostly the same kind as that of the one judged: where few rows stand behind a member, the chance of its rows hides
 * how heavy the tails between members are. All others where those are too few.
 */
function listComparable(members: Members, { at: judged, peers }: Omit<JudgedMember, 'pValue'>): readonly number[] {
  const moments: Moments = { mean: 0, deviation: 1, slope: 1 }
  const share = (at: number) => {
    readMoments(members, at, peers.center, peers.between, peers.ofRow, moments)
    return peers.between / (moments.deviation / moments.slope) ** 2
  }
  const others = Array.from({ length: members.count }, (_, at) => at).filter((at) => at !== judged)
  const least = 0.9 * share(judged)
  const alike = others.filter((at) => share(at) >= least)
  return alike.length >= comparableMin ? alike : others
}

function judgeMany(members: Members, subject: number): JudgedMember {
  const scored = (subject < 0 ? listCandidates(members) : [subject]).map((at) => {
    const peers = fitOthers(members, at)
    return { at, peers, score: scoreMember(members, at, peers) }
  })
  const worst = scored.reduce((most, one) => (Math.abs(one.score) > Math.abs(most.score) ? one : most))
  const others = Float64Array.from(listComparable(members, worst), (at) => scoreMember(members, at, worst.peers))
  const tails = learnFromOthers(others)
  return { ...worst, pValue: Math.min(1, 2 * weighTail(tails, Math.abs(worst.score), others.length - 1)) }
}

/**
 * The member that is farthest from what the others let expect, or the `subject` where one is asked for. Few members are taken as different as they are seen to be, with as many
 * degrees of freedom as that is known by; of many, the tails are learnt, too (average over Student t shapes).
 */
export const judgeMembers = (members: Members, subject = -1): JudgedMember =>
  members.count < manyFrom ? judgeFew(members, subject) : judgeMany(members, subject)
