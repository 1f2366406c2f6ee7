import { formatDay, formatGrain, formatNumber, formatPerGrain, formatRange } from '../base/format.ts'
import type { Evidence } from '../findings/evidence.ts'
import type { Finding } from '../findings/finding.ts'
import { windowSeries } from './chart-window.ts'
import { describeSpan, lastAffected } from './describe-span.ts'

type Story = Pick<
  Finding,
  | 'metricLabel'
  | 'sliceLabel'
  | 'grain'
  | 'from'
  | 'to'
  | 'observed'
  | 'expected'
  | 'low'
  | 'high'
  | 'unit'
  | 'format'
  | 'goal'
>

/** What the numbers are about: `Signups, source Paid search`. */
export const nameSubject = ({ metricLabel, sliceLabel }: Pick<Finding, 'metricLabel' | 'sliceLabel'>): string =>
  sliceLabel === '' ? metricLabel : `${metricLabel}, ${sliceLabel}`

/** `Jul to Sep 2026`, `Nov 2025 to Feb 2026`: months of a window. */
function describeWindow(first: string, last: string): string {
  const [start, end] = [formatDay(first), formatDay(last)].map((day) => day.split(' ').slice(1)) as [string[], string[]]
  if (start.join() === end.join()) return end.join(' ')
  return `${start[1] === end[1] ? start[0] : start.join(' ')} to ${end.join(' ')}`
}

/** A value with its unit, per period where it adds up over several: `41 a day`, `18.4k EUR`, `58%`. */
export function describeValue(
  value: number,
  story: Pick<Story, 'unit' | 'format' | 'grain' | 'from' | 'to' | 'goal'>,
): string {
  const words = formatNumber(value, { unit: story.unit, format: story.format })
  const last = lastAffected(story)
  const isOnce = story.goal !== undefined || story.from === null || (last !== undefined && last <= story.from)
  return isOnce || story.format === 'percent' || story.format === 'duration'
    ? words
    : `${words} ${formatPerGrain(story.grain)}`
}

/**
 * The chart in one sentence, as `alt` text: `Signups, source Paid search, daily, Aug to Sep 2026: 41 a day since 14 Sep, expected 70
 * to 88`. Enough to understand the finding where images are blocked or not seen.
 */
export function describeChart(story: Story, series: Evidence['series']): string {
  const shown = windowSeries(series, story.from, 60)
  const [first, last] = [shown[0]?.at, shown.at(-1)?.at]
  const window = first === undefined || last === undefined ? '' : `, ${describeWindow(first, last)}`
  const expected = formatRange(story.low, story.high, { unit: story.unit, format: story.format })
  const span = describeSpan(story)
  if (story.goal)
    return `${nameSubject(story)} added up, ${formatGrain(story.grain)}${window}: on pace for ${describeValue(story.observed, story)}, the goal is ${formatNumber(story.expected, { unit: story.unit, format: story.format })}`
  if (story.from === null) return `${nameSubject(story)}: ${describeValue(story.observed, story)}, expected ${expected}`
  return `${nameSubject(story)}, ${formatGrain(story.grain)}${window}: ${describeValue(story.observed, story)} ${span.startsWith('since') ? span : `on ${span}`}, expected ${expected}`
}
