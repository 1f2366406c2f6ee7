import { formatChange, formatDay, formatNumber, formatPerGrain, formatPeriod, withoutUnit } from '../../base/format.ts'
import { addPeriods } from '../../base/periods.ts'
import type { MeasureKind } from '../../detectors/shapes.ts'
import type { Finding } from '../finding.ts'

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
  /** Of the other metric, in a finding about two. */
  readonly otherLabel?: string | undefined
}

/**
 * `Signups that came from paid_search fell 48%: 41 accounts a day against 79 expected, since 14 Sep 2026`. Made from the numbers, so
 * that it cannot say anything else.
 */
export function writeHeadline(input: HeadlineInput): string {
  const { metricLabel, phrase, observed, expected } = input
  const subject = phrase === '' ? metricLabel : `${metricLabel} ${phrase}`
  if (input.from === null) return writeStanding(input, subject)
  const adds = input.measureKind === 'count' || input.measureKind === 'amount'
  const pace = adds ? ` ${formatPerGrain(input.grain)}` : ''
  const style = { unit: input.unit, format: input.format }
  const when = writeWhen({ ...input, from: input.from })
  if (adds && observed === 0 && expected > 0)
    return `${subject} stopped: none ${when}, ${formatNumber(expected, style)}${pace} expected`
  const comparison = `${formatNumber(observed, style)}${pace} against ${formatNumber(expected, withoutUnit(style))} expected`
  return `${subject} ${writeVerb(input)}: ${comparison}, ${when}`
}

/** `Cost with department HR is 4.1 times that of its siblings: 9.2k against 2.2k`, `Amount goes up with hours to processed` */
function writeStanding(input: HeadlineInput, subject: string): string {
  const { observed, expected, direction, otherLabel, change } = input
  if (otherLabel !== undefined) {
    const other = otherLabel[0]!.toLowerCase() + otherLabel.slice(1)
    const connection = direction === 'up' ? `goes up with ${other}` : `goes down as ${other} goes up`
    return `${subject} ${connection}: rank correlation ${formatNumber(observed, {})}, row by row`
  }
  const style = { unit: input.unit, format: input.format }
  const numbers = `${formatNumber(observed, style)} against ${formatNumber(expected, withoutUnit(style))} for values like it`
  const times = change === null ? Number.NaN : 1 + change
  if (times >= 1.95) return `${subject} is ${formatNumber(times, {})} times that of its siblings: ${numbers}`
  return `${subject} is ${direction === 'up' ? 'higher' : 'lower'} than that of its siblings: ${numbers}`
}

/** Growth of a hundred times says nothing that the two numbers behind it do not. */
const fromAlmostNothing = 99

function writeVerb({ change, direction, kind, expected }: HeadlineInput): string {
  if (kind === 'trend') return direction === 'up' ? 'keep growing' : 'keep shrinking'
  // A percentage of something below zero would read the wrong way round.
  if (expected < 0) return direction === 'up' ? 'rose' : 'fell'
  if (change === null) return direction === 'up' ? 'rose from nothing' : 'fell'
  if (change >= fromAlmostNothing) return 'rose from almost nothing'
  return formatChange(change)
}

type Dated = Pick<HeadlineInput, 'to' | 'grain' | 'kind' | 'periods'> & { readonly from: string }

function writeWhen({ from, to, grain, kind, periods }: Dated): string {
  const isOnePeriod = kind === 'outlier' && periods === 1
  if (to === null && !isOnePeriod) return `since ${formatPeriod(from, grain)}`
  const last = to === null ? from : addPeriods(to, -1, grain)
  if (last <= from) return grain === 'day' ? `on ${formatDay(from)}` : `in the ${formatPeriod(from, grain)}`
  return `from ${formatPeriod(from, grain)} to ${formatPeriod(last, grain)}`
}
