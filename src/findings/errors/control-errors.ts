import { adjustPValues } from '../../stats/benjamini-hochberg.ts'
import type { TestedVerdict } from '../candidate.ts'
import type { StoredVerdict } from '../finding.ts'
import { isPatternOf } from '../tell/pattern.ts'
import type { Tightened } from './tighten-detectors.ts'
import { weighTests } from './weigh-tests.ts'

export interface Controlled {
  readonly verdict: TestedVerdict
  readonly qValue: number
}

export interface ErrorControl {
  readonly tested: number
  readonly untestable: number
  /** Verdicts that hold up at the promised rate, most certain first. */
  readonly heldUp: readonly Controlled[]
  /** Movements of slices that do not, of which a test by itself would be sure: in the order of the verdicts. */
  readonly almost: readonly Controlled[]
  /** Largest p-value by weight that held up; 0 when none did. */
  readonly threshold: number
  /** What error control compares: the verdict's p-value, weakened where its detector is too sure, by the weight of its test. Of replicates too. */
  readonly ratioOf: (verdict: TestedVerdict) => number
}

/** What each test by itself would call sure. */
const almostMax = 0.05
/**
 * What no company of surer ones makes believable. A family of one test weighs hundreds of times as much as a pair of values; where a hundred of these hold up, the
 * procedure would let it in with whatever p-value it has. A p-value that counts as 1 from here on is still one.
 */
const believableMax = 0.01

const isAlmost = ({ hypothesis: { slice, detector, origin }, numbers }: TestedVerdict): boolean =>
  slice.length > 0 && numbers.pValue <= almostMax && origin === 'template' && !isPatternOf(detector, slice)

/**
 * Benjamini and Hochberg's step-up procedure (1995) over every verdict of the cycle, published or not, with weights from the top of the
 * tree of families down (`weighTests`): of what holds up, at most the share `rate` is false in expectation. Slices overlap and so their tests
 * depend on each other positively, which the procedure bears (Benjamini and Yekutieli 2001).
 */
export function controlErrors(
  verdicts: readonly StoredVerdict[],
  rate: number,
  tightened: readonly Pick<Tightened, 'detector' | 'exponent'>[] = [],
): ErrorControl {
  const tested = verdicts.filter((verdict): verdict is TestedVerdict => verdict.status === 'tested')
  const weights = weighTests(tested.map(({ hypothesis }) => hypothesis))
  const weightOf = new Map(tested.map(({ hypothesis }, at) => [hypothesis.key, weights[at]!]))
  const exponents = new Map(tightened.map(({ detector, exponent }) => [detector, exponent]))
  const ratioOf = ({ hypothesis: { key, detector }, numbers }: TestedVerdict) => {
    const pValue = numbers.pValue ** (exponents.get(detector) ?? 1)
    return pValue > believableMax ? 1 : pValue / (weightOf.get(key) ?? 1)
  }
  const qValues = adjustPValues(Float64Array.from(tested, ratioOf))
  const judged = tested.map((verdict, at) => ({ verdict, qValue: qValues[at]! }))
  const heldUp = judged.filter(({ qValue }) => qValue <= rate).sort((a, b) => ratioOf(a.verdict) - ratioOf(b.verdict))
  const last = heldUp.at(-1)
  return {
    tested: tested.length,
    untestable: verdicts.length - tested.length,
    heldUp,
    almost: judged.filter((one) => one.qValue > rate && isAlmost(one.verdict)),
    threshold: last ? ratioOf(last.verdict) : 0,
    ratioOf,
  }
}

/** A story as far as error control needs to know it. */
export interface ToldStory {
  readonly lead: Controlled
  /** Others that tell the same; absent for what was found alone. */
  readonly merged?: readonly Controlled[]
}

const isOfLead = ({ lead }: ToldStory, { verdict }: Controlled): boolean => {
  const [own, other] = [lead.verdict, verdict]
  return own.hypothesis.model === other.hypothesis.model && own.numbers.direction === other.numbers.direction
}

/** How sure a story is: as sure as the surest test of its table that tells of it, the same way. */
export const ratioOfStory = (story: ToldStory, { ratioOf }: Pick<ErrorControl, 'ratioOf'>): number =>
  [story.lead, ...(story.merged ?? []).filter((one) => isOfLead(story, one))].reduce(
    (least, { verdict }) => Math.min(least, ratioOf(verdict)),
    1,
  )

/**
 * The same procedure over stories: one movement makes dozens of overlapping slices hold up, and counting each of them as a discovery
 * would let weaker strangers in beside them. Here a story is one discovery, told by its lead, and everything else that was tested
 * counts as none. It is as sure as the surest test that tells of it: the slice that explains a movement is not always the one in which it shows best, and of
 * stories in which nothing happened no more are told than tests are as sure (see 0038). Returns those that hold up, with their q-values, in the order given.
 */
export function controlStories<S extends ToldStory>(
  stories: readonly S[],
  control: Pick<ErrorControl, 'tested' | 'ratioOf'>,
  rate: number,
): readonly S[] {
  const { tested } = control
  const ratios = new Float64Array(Math.max(tested, stories.length)).fill(1)
  stories.forEach((story, at) => {
    ratios[at] = ratioOfStory(story, control)
  })
  const qValues = adjustPValues(ratios)
  return stories.flatMap((story, at) => {
    const qValue = qValues[at]!
    return qValue <= rate ? [{ ...story, lead: { ...story.lead, qValue } }] : []
  })
}
