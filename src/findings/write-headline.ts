import { formatChange, formatDay, formatNumber, formatPerGrain, formatPeriod, withoutUnit } from '../base/format.ts'
import { addPeriods } from '../base/periods.ts'
import type { MeasureKind } from '../detectors/shapes.ts'
import type { Finding } from './finding.ts'

export type HeadlineInput = Pick<
  Finding,
  | 'metricLabel'
  | 'unit'
  | 'format'
  | 'grain'
  | 'from'
  | 'to'
  | 'observed'
  | 'expected'
  | 'change'
  | 'direction'
  | 'kind'
> & {
  readonly measureKind: MeasureKind
  readonly phrase: string
  /** Affected periods. */
  readonly periods: number
}

/**
 * `Signups that came from paid_search fell 48%: 41 accounts a day against 79 expected, since 14 Sep 2026`. Made from the numbers, so
 * that it cannot say anything else.
 */
export function writeHeadline(input: HeadlineInput): string {
  const { metricLabel, phrase, observed, expected } = input
  const subject = phrase === '' ? metricLabel : `${metricLabel} ${phrase}`
  const adds = input.measureKind === 'count' || input.measureKind === 'amount'
  const pace = adds ? ` ${formatPerGrain(input.grain)}` : ''
  const style = { unit: input.unit, format: input.format }
  const when = writeWhen(input)
  if (adds && observed === 0 && expected > 0)
    return `${subject} stopped: none ${when}, ${formatNumber(expected, style)}${pace} expected`
  const comparison = `${formatNumber(observed, style)}${pace} against ${formatNumber(expected, withoutUnit(style))} expected`
  return `${subject} ${writeVerb(input)}: ${comparison}, ${when}`
}

function writeVerb({ change, direction, kind, expected }: HeadlineInput): string {
  if (kind === 'trend') return direction === 'up' ? 'keep growing' : 'keep shrinking'
  // A percentage of something below zero would read the wrong way round.
  if (expected < 0) return direction === 'up' ? 'rose' : 'fell'
  if (change === null) return direction === 'up' ? 'rose from nothing' : 'fell'
  return formatChange(change)
}

function writeWhen({ from, to, grain, kind, periods }: HeadlineInput): string {
  const isOnePeriod = kind === 'outlier' && periods === 1
  if (to === null && !isOnePeriod) return `since ${formatPeriod(from, grain)}`
  const last = to === null ? from : addPeriods(to, -1, grain)
  if (last <= from) return grain === 'day' ? `on ${formatDay(from)}` : `in the ${formatPeriod(from, grain)}`
  return `from ${formatPeriod(from, grain)} to ${formatPeriod(last, grain)}`
}
