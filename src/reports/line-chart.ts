import type { TopLevelSpec } from 'vega-lite'
import { formatTicks } from '../base/format.ts'
import { type ChartSize, frameChart, measureText, writeLabels, writeTimeLabels } from './chart-layout.ts'
import type { ChartTheme } from './chart-theme.ts'
import { chooseDomain, listNumberTicks, listTimeTicks } from './chart-ticks.ts'
import type { ResultLine } from './result-lines.ts'

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number]

/** Moves labels down, then up, until none touches the next; keeps their order. `ys` in pixels. */
export function spreadLabels(ys: readonly number[], gap: number, height: number): readonly number[] {
  const order = ys.map((y, at) => ({ y, at })).sort((a, b) => a.y - b.y)
  for (const [at, label] of order.entries()) label.y = Math.max(label.y, (order[at - 1]?.y ?? -gap) + gap)
  for (const [at, label] of [...order].reverse().entries()) {
    const below = order[order.length - at]
    label.y = Math.min(label.y, (below?.y ?? height + gap) - gap)
  }
  const placed = new Map(order.map(({ y, at }) => [at, y]))
  return ys.map((y, at) => placed.get(at) ?? y)
}

const shorten = (text: string, lettersMax: number) =>
  text.length <= lettersMax ? text : `${text.slice(0, lettersMax - 1)}…`

/** One to six lines over time, each named where it ends instead of in a legend. */
export function specifyLineChart(lines: readonly ResultLine[], theme: ChartTheme, size: ChartSize): TopLevelSpec {
  const points = lines.flatMap((line) => line.points)
  const ticks = listNumberTicks(...chooseDomain(points.map(({ value }) => value)), size.height < 220 ? 3 : 4)
  const words = formatTicks(ticks)
  const yTicks = ticks.map((value, at) => [value, words[at] ?? ''] as const)
  const names = lines.map(({ name }) => shorten(name, size.width < 500 ? 14 : 24))
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => measureText(text, size.fontSize)))
  const padding = {
    left: Math.ceil(widest(yTicks.map(([, label]) => label))) + 10,
    right: lines.length > 1 ? Math.ceil(widest(names)) + 12 : 14,
    top: 10,
    bottom: size.fontSize + 14,
  }
  const width = size.width - padding.left - padding.right
  const height = size.height - padding.top - padding.bottom
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const xs = points.map(({ x }) => x)
  const [first, last] = [Math.min(...xs), Math.max(...xs)]
  const xTicks = listTimeTicks(first, last, Math.max(2, Math.floor(width / (size.fontSize * 5))), undefined)
  const toY = (value: number) => height - ((value - low) / (high - low || 1)) * height
  const ys = spreadLabels(
    lines.map((line) => toY(line.points.at(-1)?.value ?? low)),
    size.fontSize + 3,
    height,
  )
  const color = (at: number) => theme.series[at % theme.series.length] ?? theme.ink
  const scales = {
    x: { field: 'x', type: 'temporal' as const, scale: { type: 'utc' as const, domain: [first, last], nice: false } },
    y: { field: 'value', type: 'quantitative' as const, scale: { domain: [low, high], nice: false, zero: false } },
  }
  const axes = {
    x: {
      ...scales.x,
      axis: { values: xTicks.map(({ at }) => at), labelExpr: writeTimeLabels(xTicks), grid: false, labelFlush: 4 },
    },
    y: { ...scales.y, axis: { values: [...ticks], labelExpr: writeLabels(yTicks) } },
  }
  return {
    ...frameChart(theme, size, { width, height, padding }),
    layer: lines.flatMap((line, at): Layer[] => [
      {
        data: { values: line.points.map(({ x, value }) => ({ x, value })) },
        mark: { type: 'line', color: color(at), strokeWidth: 1.75, strokeJoin: 'round', strokeCap: 'round' },
        encoding: at === 0 ? axes : scales,
      },
      ...(lines.length > 1
        ? [
            {
              data: { values: [{}] },
              mark: {
                type: 'text' as const,
                text: names[at] ?? '',
                align: 'left' as const,
                baseline: 'middle' as const,
                x: width + 8,
                y: ys[at] ?? 0,
                color: color(at),
                fontWeight: 500 as const,
              },
            },
          ]
        : []),
    ]),
  }
}
