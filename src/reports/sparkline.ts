import type { Evidence } from '../findings/evidence.ts'
import type { Finding } from '../findings/finding.ts'
import { toneOf } from './chart-theme.ts'
import { windowSeries } from './chart-window.ts'
import { type Html, html } from './html.ts'

const width = 132
const height = 34
const margin = 3

type Point = Evidence['series'][number]
const round = (value: number) => Math.round(value * 10) / 10

/** A path through the points that have a value; gaps stay open. */
function drawPath(
  points: readonly Point[],
  toX: (at: number) => number,
  toY: (value: number) => number,
  from = 0,
): string {
  let isOpen = false
  return points
    .map(({ value }, at) => {
      if (value === null || at < from) {
        isOpen = false
        return ''
      }
      const step = `${isOpen ? 'L' : 'M'}${round(toX(at))},${round(toY(value))}`
      isOpen = true
      return step
    })
    .join('')
}

/** The tested series in the size of two words: band, line, the affected span in its colour. Says nothing to screen readers: the headline does. */
export function drawSparkline(series: Evidence['series'], finding: Pick<Finding, 'from' | 'to' | 'good'>): Html {
  const points = windowSeries(series, finding.from, 60)
  const values = points.flatMap(({ value, low, high }) => [value, low, high]).filter((value) => value !== null)
  if (values.length < 2) return html``
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const toX = (at: number) => margin + (at / Math.max(1, points.length - 1)) * (width - 2 * margin)
  const toY = (value: number) => height - margin - ((value - low) / (high - low || 1)) * (height - 2 * margin)
  const banded = points.map((point, at) => ({ ...point, at })).filter(({ low, high }) => low !== null && high !== null)
  const upper = banded.map(({ at, high }) => `${round(toX(at))},${round(toY(high ?? 0))}`)
  const lower = banded.toReversed().map(({ at, low }) => `${round(toX(at))},${round(toY(low ?? 0))}`)
  const { from: onset } = finding
  const from = onset === null ? -1 : points.findIndex(({ at }) => at >= onset)
  const end = finding.to === null ? points.length : points.findIndex(({ at }) => at >= (finding.to ?? ''))
  const affected = points.slice(0, end < 0 ? points.length : end)
  const isDot = from >= 0 && affected.length - from === 1
  const dot = affected.at(-1)?.value
  return html`<svg class="sparkline" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">
    <polygon class="band" points="${[...upper, ...lower].join(' ')}" />
    <path class="line" d="${drawPath(points, toX, toY)}" />
    ${
      from < 0
        ? undefined
        : isDot && dot !== null && dot !== undefined
          ? html`<circle class="dot ${toneOf(finding.good)}" cx="${round(toX(from))}" cy="${round(toY(dot))}" r="2.6" />`
          : html`<path class="affected ${toneOf(finding.good)}" d="${drawPath(affected, toX, toY, from)}" />`
    }
  </svg>`
}
