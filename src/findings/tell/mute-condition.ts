import { formatNumber } from '../../base/format.ts'
import type { Day } from '../../base/periods.ts'
import { identifySlice } from '../../hypotheses/series/scan-table.ts'
import type { Finding, StoredVerdict } from '../finding.ts'
import { isPatternKind } from './pattern.ts'

/** The number that a finding tells rises above one, or falls below it. */
export type Bound = { readonly above: number } | { readonly below: number }

/** What ends a mute, as it is kept. */
export type MuteCondition = Bound &
  Pick<Finding, 'format'> & {
    readonly unit?: string | undefined
    /** The day judged when it was said: cycles of later days end it. */
    readonly since: Day
  }

const isBeyond = (bound: Bound, value: number): boolean =>
  'above' in bound ? value > bound.above : value < bound.below

/** `it rises above 100 accounts` */
export function describeCondition({ unit, format, ...bound }: MuteCondition): string {
  const write = (value: number) => formatNumber(value, { unit, format, exact: true })
  return 'above' in bound ? `it rises above ${write(bound.above)}` : `it falls below ${write(bound.below)}`
}

type Measured = Pick<Finding, 'kind' | 'with' | 'by' | 'named' | 'concerns' | 'renamed'>

/** Whether a finding is about one series of numbers, that can rise above or fall below one. */
export const isOfOneSeries = ({ kind, with: other, by, named, concerns, renamed }: Measured): boolean =>
  !other && !by && !named && !concerns && !renamed && !isPatternKind(kind)

/** Why a mute of a finding cannot end so; undefined where it can. */
export function whyUnfit(bound: Bound, finding: Measured & Pick<Finding, 'observed'>): string | undefined {
  if (!isOfOneSeries(finding)) return 'a mute ends by a number only where the finding is about one series of numbers'
  if (!isBeyond(bound, finding.observed)) return undefined
  return 'above' in bound ? 'it is above this number already' : 'it is below this number already'
}

/**
 * Whether a cycle saw it: by what the detector that told the finding says of the same slice now, whether that held up or not. A slice that was not
 * tested says nothing.
 */
export function isMet(
  condition: MuteCondition,
  about: Pick<Finding, 'kind' | 'model' | 'metric' | 'slice'>,
  verdicts: readonly StoredVerdict[],
): boolean {
  const slice = identifySlice(about.slice)
  return verdicts.some(({ hypothesis, isReplicate, ...verdict }) => {
    const { model, metric, detector, with: other, by } = hypothesis
    if (isReplicate || verdict.status !== 'tested' || other || by) return false
    const isSame = model === about.model && metric === about.metric && detector === about.kind
    return isSame && identifySlice(hypothesis.slice) === slice && isBeyond(condition, verdict.numbers.observed)
  })
}
