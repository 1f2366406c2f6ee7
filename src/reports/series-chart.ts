import type { TopLevelSpec } from 'vega-lite'
import type { Evidence } from '../findings/evidence.ts'
import { type ChartSize, frameChart, writeLabels, writeTimeLabels } from './chart-layout.ts'
import { type ChartTheme, toneOf } from './chart-theme.ts'
import { layOutSeries, type SeriesLayout, type Story } from './lay-out-series.ts'

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number]

/** Values, band and expected line over the whole window. */
function specifyBackground({ xDomain, yDomain, xTicks, yTicks, points }: SeriesLayout, theme: ChartTheme): Layer[] {
  const x = {
    field: 'x',
    type: 'temporal' as const,
    scale: { type: 'utc' as const, domain: [...xDomain], nice: false },
  }
  const y = { type: 'quantitative' as const, scale: { domain: [...yDomain], nice: false, zero: false } }
  return [
    {
      mark: { type: 'area', color: theme.band, opacity: 1 },
      encoding: {
        x: {
          ...x,
          axis: { values: xTicks.map(({ at }) => at), labelExpr: writeTimeLabels(xTicks), grid: false, labelFlush: 4 },
        },
        y: { ...y, field: 'low', axis: { values: yTicks.map(([value]) => value), labelExpr: writeLabels(yTicks) } },
        y2: { field: 'high' },
      },
    },
    {
      mark: { type: 'line', color: theme.expected, strokeWidth: 1, strokeDash: [3, 3] },
      encoding: { x, y: { ...y, field: 'expected' } },
    },
    {
      mark: { type: 'line', color: theme.ink, strokeWidth: points.length > 130 ? 1.1 : 1.5, strokeJoin: 'round' },
      encoding: { x, y: { ...y, field: 'value' } },
    },
  ]
}

/** The date as a rule with its words, and the affected values in the accent colour; dots where they are too few for a line. */
function specifyMark({ mark, height, affected }: SeriesLayout, color: string): Layer[] {
  const x = { field: 'x', type: 'temporal' as const }
  return [
    {
      data: { values: [{ x: mark.x, label: mark.label }] },
      encoding: { x },
      layer: [
        { mark: { type: 'rule', color, strokeWidth: 1, opacity: 0.5, y: -6, y2: height } },
        {
          mark: {
            type: 'text',
            align: mark.isLate ? 'right' : 'left',
            baseline: 'bottom',
            dx: mark.isLate ? 1 : -1,
            y: -9,
            color,
            fontWeight: 500,
          },
          encoding: { text: { field: 'label' } },
        },
      ],
    },
    {
      data: { values: [...affected] },
      encoding: { x, y: { type: 'quantitative', field: 'value' } },
      layer: [
        {
          mark: {
            type: 'line',
            color,
            strokeWidth: affected.length > 60 ? 1.6 : 2.25,
            strokeJoin: 'round',
            strokeCap: 'round',
          },
        },
        ...(affected.length <= 3
          ? [{ mark: { type: 'point' as const, filled: true, color, size: 46, opacity: 1 } }]
          : []),
      ],
    },
  ]
}

/**
 * The tested series as a Vega-Lite specification: values as a line, the 95% band they were expected in, the expected value dashed,
 * the affected span in the accent colour with its date, and both numbers written where the lines end instead of a legend.
 * Shows a window of the series (`windowSeries`); empty values are gaps. Plain data.
 */
export function specifySeriesChart(
  series: Evidence['series'],
  story: Story,
  theme: ChartTheme,
  size: ChartSize,
): TopLevelSpec {
  const layout = layOutSeries(series, story, size)
  const accent = theme[toneOf(story.good)]
  return {
    ...frameChart(theme, size, layout),
    data: { values: [...layout.points] },
    layer: [
      ...specifyBackground(layout, theme),
      ...specifyMark(layout, accent),
      ...layout.ends.map(
        ({ role, text, y }): Layer => ({
          data: { values: [{}] },
          mark: {
            type: 'text',
            text,
            align: 'left',
            baseline: 'middle',
            x: layout.width + 8,
            y,
            color: role === 'observed' ? accent : theme.muted,
            fontWeight: role === 'observed' ? 600 : 400,
          },
        }),
      ),
    ],
  }
}
