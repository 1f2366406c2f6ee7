import { formatNumber, formatTicks, withoutUnit } from '../base/format.ts'
import type { Evidence } from '../findings/evidence.ts'
import type { Finding } from '../findings/finding.ts'
import { type ChartSize, measureText, type Padding } from './chart-layout.ts'
import { chooseDomain, listNumberTicks, listTimeTicks, type TimeTick } from './chart-ticks.ts'
import { windowSeries } from './chart-window.ts'
import { describeSpan } from './describe-span.ts'

export type Story = Pick<
  Finding,
  'from' | 'to' | 'grain' | 'unit' | 'format' | 'good' | 'observed' | 'expected' | 'goal'
>

/** A text at the right edge, where a line ends; `y` in pixels from the top of the plot. */
export interface EndLabel {
  readonly role: 'observed' | 'expected'
  readonly text: string
  readonly y: number
}

/** Everything of a series chart that is arithmetic: what is shown, where it stands and what is written. */
export interface SeriesLayout {
  /** The window, with epoch milliseconds. */
  readonly points: readonly (Evidence['series'][number] & { readonly x: number })[]
  readonly affected: SeriesLayout['points']
  /** Of the plot itself. */
  readonly width: number
  readonly height: number
  readonly padding: Padding
  readonly xDomain: readonly [first: number, last: number]
  readonly yDomain: readonly [low: number, high: number]
  readonly xTicks: readonly TimeTick[]
  readonly yTicks: readonly (readonly [value: number, label: string])[]
  readonly mark: { readonly x: number; readonly label: string; readonly isLate: boolean }
  readonly ends: readonly EndLabel[]
}

const toMs = (at: string): number => Date.parse(at.length === 10 ? `${at}T00:00:00Z` : at)

/** Keeps two labels from touching: moves them apart around their middle. */
function spreadEnds(ends: readonly EndLabel[], gap: number): readonly EndLabel[] {
  const [first, second] = ends
  if (first === undefined || second === undefined || Math.abs(first.y - second.y) >= gap) return ends
  const middle = (first.y + second.y) / 2
  const sign = first.y <= second.y ? -1 : 1
  return [
    { ...first, y: middle + (sign * gap) / 2 },
    { ...second, y: middle - (sign * gap) / 2 },
  ]
}

/** Chooses window, ticks, room for labels and what they say. A finding that lasts has its value at the end, others at the mark. */
export function layOutSeries(series: Evidence['series'], story: Story, size: ChartSize): SeriesLayout {
  const points = windowSeries(series, story.from, size.width < 500 ? 60 : 90).map((point) => ({
    ...point,
    x: toMs(point.at),
  }))
  const affected = points.filter(
    ({ at, value }) => value !== null && story.from !== null && at >= story.from && (!story.to || at < story.to),
  )
  const values = points
    .flatMap(({ value, expected, low, high }) => [value, expected, low, high])
    .filter((value) => value !== null)
  const ticks = listNumberTicks(...chooseDomain(values), size.height < 220 ? 3 : 4)
  const yDomain = [ticks[0] ?? 0, ticks.at(-1) ?? 1] as const
  const style = withoutUnit(story)
  const words = formatTicks(ticks, style)
  const yTicks = ticks.map((value, at) => [value, words[at] ?? ''] as const)
  const observed = formatNumber(story.observed, style)
  // what a goal is about ends where the chart does
  const isAtEnd = story.to === null || story.goal !== undefined
  const texts = [
    ...(isAtEnd ? [{ role: 'observed', text: observed, value: story.observed } as const] : []),
    {
      role: 'expected',
      text: `${story.goal ? 'goal' : 'expected'} ${formatNumber(story.expected, style)}`,
      value: story.expected,
    } as const,
  ]
  const longest = (labels: readonly string[]) => Math.max(...labels.map((label) => measureText(label, size.fontSize)))
  const padding = {
    left: Math.ceil(longest(yTicks.map(([, label]) => label))) + 10,
    right: Math.ceil(longest(texts.map(({ text }) => text))) + 12,
    top: size.fontSize + 14,
    bottom: size.fontSize + 14,
  }
  const width = size.width - padding.left - padding.right
  const height = size.height - padding.top - padding.bottom
  const toY = (value: number) => height - ((value - yDomain[0]) / (yDomain[1] - yDomain[0] || 1)) * height
  const xDomain = [points[0]?.x ?? 0, points.at(-1)?.x ?? 1] as const
  const x = Math.max(xDomain[0], affected[0]?.x ?? (story.from === null ? xDomain[0] : toMs(story.from)))
  const span = describeSpan(story)
  return {
    points,
    affected,
    width,
    height,
    padding,
    xDomain,
    yDomain,
    xTicks: listTimeTicks(...xDomain, Math.max(2, Math.floor(width / (size.fontSize * 5))), story.grain),
    yTicks,
    mark: {
      x,
      label: isAtEnd ? span : `${span}: ${observed}`,
      isLate: (x - xDomain[0]) / (xDomain[1] - xDomain[0] || 1) > 0.6,
    },
    ends: spreadEnds(
      texts.map(({ role, text, value }) => ({ role, text, y: toY(Math.min(Math.max(value, yDomain[0]), yDomain[1])) })),
      size.fontSize + 4,
    ),
  }
}
