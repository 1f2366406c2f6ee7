import type { TopLevelSpec } from 'vega-lite'
import { formatTicks } from '../base/format.ts'
import type { Evidence } from '../findings/evidence.ts'
import { type ChartSize, frameChart, measureText, writeLabels } from './chart-layout.ts'
import type { ChartTheme } from './chart-theme.ts'
import { chooseDomain, listNumberTicks } from './chart-ticks.ts'

/** Outermost points that would squeeze all others into a corner are drawn at the edge: the share of points left inside. */
const inside = 0.99

function clip(values: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b)
  const limit = sorted[Math.floor(inside * (sorted.length - 1))] ?? 0
  return values.map((value) => Math.min(value, limit))
}

/** Two numbers of the same rows as a Vega-Lite specification: a dot a row; the names of the axes stand above and at the right. */
export function specifyPointsChart(
  points: NonNullable<Evidence['points']>,
  names: { readonly x: string; readonly y: string },
  theme: ChartTheme,
  size: ChartSize,
): TopLevelSpec {
  const [xs, ys] = [clip(points.map(([x]) => x)), clip(points.map(([, y]) => y))]
  const [xTicks, yTicks] = [listNumberTicks(...chooseDomain(xs), 5), listNumberTicks(...chooseDomain(ys), 4)]
  const label = (ticks: readonly number[]) => {
    const words = formatTicks(ticks)
    return ticks.map((value, at) => [value, words[at] ?? ''] as const)
  }
  const left = Math.max(...label(yTicks).map(([, word]) => measureText(word, size.fontSize)))
  const padding = { left: Math.ceil(left) + 10, right: 14, top: size.fontSize + 14, bottom: 2 * size.fontSize + 18 }
  const width = size.width - padding.left - padding.right
  const height = size.height - padding.top - padding.bottom
  const scale = (ticks: readonly number[]) => ({ domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], nice: false, zero: false })
  const quantitative = { type: 'quantitative' as const }
  return {
    ...frameChart(theme, size, { width, height, padding }),
    data: { values: xs.map((x, at) => ({ x, y: ys[at] })) },
    layer: [
      {
        mark: { type: 'point', filled: true, color: theme.neutral, size: 14, opacity: 0.45 },
        encoding: {
          x: {
            field: 'x',
            ...quantitative,
            scale: scale(xTicks),
            axis: { values: [...xTicks], labelExpr: writeLabels(label(xTicks)), grid: false },
          },
          y: {
            field: 'y',
            ...quantitative,
            scale: scale(yTicks),
            axis: { values: [...yTicks], labelExpr: writeLabels(label(yTicks)) },
          },
        },
      },
      {
        data: { values: [{}] },
        mark: { type: 'text', text: names.y, align: 'left', baseline: 'bottom', x: 0, y: -8, color: theme.muted },
      },
      {
        data: { values: [{}] },
        mark: {
          type: 'text',
          text: names.x,
          align: 'right',
          baseline: 'top',
          x: width,
          y: height + size.fontSize + 12,
          color: theme.muted,
        },
      },
    ],
  }
}
