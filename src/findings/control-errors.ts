import { adjustPValues } from '../stats/benjamini-hochberg.ts'
import type { TestedVerdict } from './candidate.ts'
import type { StoredVerdict } from './finding.ts'

export interface Controlled {
  readonly verdict: TestedVerdict
  readonly qValue: number
}

export interface ErrorControl {
  readonly tested: number
  readonly untestable: number
  /** Verdicts that hold up at the promised rate, most certain first. */
  readonly heldUp: readonly Controlled[]
  /** Largest p-value that held up; 0 when none did. */
  readonly threshold: number
}

/**
 * Benjamini and Hochberg's step-up procedure (1995) over every verdict of the cycle, published or not: of what holds up, at most the
 * share `rate` is false in expectation. Slices overlap and so their tests depend on each other positively, which the procedure bears
 * (Benjamini and Yekutieli 2001).
 */
export function controlErrors(verdicts: readonly StoredVerdict[], rate: number): ErrorControl {
  const tested = verdicts.filter((verdict): verdict is TestedVerdict => verdict.status === 'tested')
  const qValues = adjustPValues(Float64Array.from(tested, ({ numbers }) => numbers.pValue))
  const heldUp = tested
    .map((verdict, at) => ({ verdict, qValue: qValues[at]! }))
    .filter(({ qValue }) => qValue <= rate)
    .sort((a, b) => a.verdict.numbers.pValue - b.verdict.numbers.pValue)
  return {
    tested: tested.length,
    untestable: verdicts.length - tested.length,
    heldUp,
    threshold: heldUp.at(-1)?.verdict.numbers.pValue ?? 0,
  }
}

/** A story as far as error control needs to know it. */
interface ToldStory {
  readonly lead: Controlled
}

/**
 * The same procedure over stories: one movement makes dozens of overlapping slices hold up, and counting each of them as a discovery
 * would let weaker strangers in beside them. Here a story is one discovery, told by its lead, and everything else that was tested
 * counts as none. Returns those that hold up, with their q-values, in the order given.
 */
export function controlStories<S extends ToldStory>(stories: readonly S[], tested: number, rate: number): readonly S[] {
  const pValues = new Float64Array(Math.max(tested, stories.length)).fill(1)
  stories.forEach(({ lead }, at) => {
    pValues[at] = lead.verdict.numbers.pValue
  })
  const qValues = adjustPValues(pValues)
  return stories.flatMap((story, at) => {
    const qValue = qValues[at]!
    return qValue <= rate ? [{ ...story, lead: { ...story.lead, qValue } }] : []
  })
}
