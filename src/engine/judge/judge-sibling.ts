import { peerOutlier } from '../../detectors/peer-outlier.ts'
import type { CrossSection } from '../../detectors/shapes.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import type { MeasureShape } from '../../hypotheses/series/measure-shape.ts'
import { toStandingNumbers } from '../evidence/pick-numbers.ts'

export type JudgedNumbers =
  | { readonly status: 'tested'; readonly numbers: TestedNumbers }
  | { readonly status: 'untestable'; readonly reason: string }

export interface SiblingTest {
  readonly section: CrossSection
  readonly shape: MeasureShape
  readonly label: string
  /** Of the detector, besides the subject. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** One value among its siblings, and how much of the whole measure lies in what sets it apart. */
export function judgeSibling({ section, shape: { weight }, label, options }: SiblingTest): JudgedNumbers {
  const verdict = peerOutlier.detect(section, peerOutlier.options.parse({ ...options, subject: label }))
  if (verdict.status === 'untestable') return verdict
  const rowsOf = (at: number) => (weight === undefined ? 1 : section.weights[at]!)
  const all = section.values.reduce((sum, value, at) => sum + value * rowsOf(at), 0)
  const moved = (verdict.observed - verdict.expected) * rowsOf(section.labels.indexOf(label))
  return { status: 'tested', numbers: toStandingNumbers(verdict, Math.abs(moved / all)) }
}
