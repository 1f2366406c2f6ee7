import type { ChartTheme } from './chart-theme.ts'

/** Size in CSS pixels, text included. */
export interface ChartSize {
  readonly width: number
  readonly height: number
  readonly fontSize: number
}

/** In a page's text column, on a phone, and in mail (drawn larger, so that its text survives a phone's scaling). */
export const chartSizes = {
  wide: { width: 760, height: 260, fontSize: 12 },
  narrow: { width: 358, height: 210, fontSize: 11 },
  mail: { width: 430, height: 182, fontSize: 12.5 },
} as const satisfies Record<string, ChartSize>

/** Width of a text in Inter, near enough to reserve room for it. */
export const measureText = (text: string, fontSize: number): number =>
  [...text].reduce(
    (width, letter) => width + (/[ilj.,:' |]/.test(letter) ? 0.32 : /[MWmw%]/.test(letter) ? 0.88 : 0.6),
    0,
  ) * fontSize

/** A lookup in Vega's expression language: value → label. */
export const writeLabels = (pairs: readonly (readonly [value: number | string, label: string])[]): string =>
  `${JSON.stringify(Object.fromEntries(pairs.map(([value, label]) => [String(value), label])))}[datum.value]`

/** The same for a time axis, whose ticks are epoch milliseconds. */
export const writeTimeLabels = (ticks: readonly { readonly at: number; readonly label: string }[]): string =>
  writeLabels(ticks.map(({ at, label }) => [at, label])).replace(/\[datum\.value\]$/, '[time(datum.value)]')

export interface Padding {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Head of every chart's specification: a plot of this size, room for words around it, nothing behind it. */
export const frameChart = (
  theme: ChartTheme,
  size: ChartSize,
  plot: { readonly width: number; readonly height: number; readonly padding: Padding },
) => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  width: plot.width,
  height: plot.height,
  padding: plot.padding,
  autosize: { type: 'none' as const },
  background: 'transparent',
  config: configureChart(theme, size),
})

/** What every chart shares: no frame, hairline grid, small quiet labels. */
const configureChart = (theme: ChartTheme, { fontSize }: ChartSize) => ({
  aria: false,
  font: theme.font,
  view: { stroke: null },
  text: { font: theme.font, fontSize, color: theme.muted },
  axis: {
    domain: false,
    ticks: false,
    title: null,
    gridColor: theme.grid,
    gridWidth: 1,
    labelColor: theme.muted,
    labelFont: theme.font,
    labelFontSize: fontSize,
    labelPadding: 8,
    labelLimit: 400,
  },
})
