import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { evidenceOf, findings } from '../../tests/fixtures/example-cycle.ts'
import { chartSizes } from './chart-layout.ts'
import { lightTheme, pageTheme } from './chart-theme.ts'
import { chooseDomain, listNumberTicks, listTimeTicks } from './chart-ticks.ts'
import { windowSeries } from './chart-window.ts'
import { describeChart } from './describe-chart.ts'
import { drawPng } from './draw-png.ts'
import { drawSvg } from './draw-svg.ts'
import { layOutSeries } from './lay-out-series.ts'
import { spreadLabels } from './line-chart.ts'
import { specifySeriesChart } from './series-chart.ts'
import { drawSparkline } from './sparkline.ts'

const [shift, , outlier] = findings
if (!shift || !outlier) throw new Error('the fixture has findings')
const series = evidenceOf.get(shift.key)?.series ?? []
const label = describeChart(shift, series)

test('the alternative text tells the finding without the picture', () => {
  expect(label).toBe('Signups, came from Paid search, daily, Aug to Sep 2026: 41 a day since 14 Sep, expected 70 to 88')
  expect(describeChart(outlier, evidenceOf.get(outlier.key)?.series ?? [])).toBe(
    'Refunds, daily, Aug to Sep 2026: 18.4k EUR on 28 Sep, expected 3,400 to 8,700 EUR',
  )
})

test('an image of a chart weighs under 25 kB and has the pixels that were asked for', () => {
  const svg = drawSvg(specifySeriesChart(series, shift, lightTheme, chartSizes.mail), { label })
  const png = Buffer.from(drawPng(svg, { width: 1000, background: '#ffffff' }))
  expect(png.length).toBeLessThan(25_000)
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  expect(width).toBe(1000)
  expect(height).toBe(Math.round((1000 / 430) * 182))
  const start = png.indexOf('IDAT')
  const pixels = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)))
  expect(pixels.length).toBe((width + 1) * height)
  // The ground and the accent of bad news are both in the palette: something was drawn.
  const palette = png.subarray(png.indexOf('PLTE') + 4, start - 8).toString('hex')
  expect(palette).toContain('ffffff')
  expect(palette).toContain('c8451b')
})

test('a chart in a page takes its colours from the stylesheet and names itself to screen readers', () => {
  const svg = drawSvg(specifySeriesChart(series, shift, pageTheme, chartSizes.wide), { label: `${label} <b>` })
  expect(svg).toContain('role="img"')
  expect(svg).toContain('expected 70 to 88 &lt;b&gt;"')
  expect(svg).toContain('var(--bad)')
  expect(svg).not.toMatch(/#[0-9a-f]{6}/i)
  expect(svg).not.toContain('style=')
  expect(svg).not.toMatch(/\d\.\d{2,}/)
})

test('the window shows the affected span with at least twice as much before it', () => {
  expect(windowSeries(series, '2026-09-14', 30)).toHaveLength(51)
  expect(windowSeries(series, '2026-09-29', 30)).toHaveLength(30)
  expect(windowSeries(series, '2020-01-01', 30)).toHaveLength(series.length)
})

test('values that last are written at the end, values that passed at their date', () => {
  const lasting = layOutSeries(series, shift, chartSizes.mail)
  expect(lasting.ends.map(({ text }) => text)).toEqual(['41', 'expected 79'])
  expect(lasting.mark.label).toBe('since 14 Sep')
  const passed = layOutSeries(evidenceOf.get(outlier.key)?.series ?? [], outlier, chartSizes.mail)
  expect(passed.ends.map(({ text }) => text)).toEqual(['expected 5,900'])
  expect(passed.mark.label).toBe('28 Sep: 18.4k')
})

test('labels at the end never touch, though the values are the same', () => {
  const { ends } = layOutSeries(series, { ...shift, observed: 78.8 }, chartSizes.mail)
  expect(Math.abs((ends[0]?.y ?? 0) - (ends[1]?.y ?? 0))).toBeGreaterThanOrEqual(chartSizes.mail.fontSize + 4)
  const ys = spreadLabels([100, 99, 98, 2], 15, 100)
  expect(ys).toEqual([100, 85, 70, 2])
})

test('ticks are round and reach around the values', () => {
  expect(listNumberTicks(0, 97, 4)).toEqual([0, 25, 50, 75, 100])
  expect(listNumberTicks(0.31, 0.58, 3)).toEqual([0.3, 0.4, 0.5, 0.6])
  expect(listNumberTicks(-12, 9, 3)).toEqual([-20, -10, 0, 10])
  expect(listNumberTicks(5, 5, 3)).toEqual([5])
})

test('a scale begins at zero where that costs little', () => {
  expect(chooseDomain([40, 100])).toEqual([0, 100])
  const [low, high] = chooseDomain([95, 100])
  expect(low).toBeCloseTo(94.6)
  expect(high).toBeCloseTo(100.4)
  expect(chooseDomain([Number.NaN])).toEqual([0, 1])
  expect(chooseDomain([0, 0])).toEqual([0, 1])
})

test.each([
  ['2026-09-01', '2026-09-30', ['2 Sep', '9 Sep', '16 Sep', '23 Sep', '30 Sep']],
  ['2026-05-10', '2026-09-30', ['Jun', 'Jul', 'Aug', 'Sep']],
  ['2025-11-01', '2026-03-31', ['Nov', 'Dec', '2026', 'Feb', 'Mar']],
  ['2019-01-01', '2026-09-30', ['2020', '2022', '2024', '2026']],
] as const)('a time axis from %s to %s is named %j', (from, to, labels) => {
  expect(listTimeTicks(Date.parse(from), Date.parse(to), 5, 'day').map((tick) => tick.label)).toEqual(labels)
})

test('empty values are gaps, and a series without values draws nothing', () => {
  const gaps = series.map((point, at) => ({ ...point, value: at % 10 === 0 ? null : point.value }))
  const drawn = drawSparkline(gaps, shift).markup
  expect(drawn.match(/M/g)?.length).toBeGreaterThan(5)
  expect(drawn).not.toContain('NaN')
  expect(drawSvg(specifySeriesChart(gaps, shift, pageTheme, chartSizes.wide), { label })).not.toContain('NaN')
  const none = series.map((point) => ({ ...point, value: null, expected: null, low: null, high: null }))
  expect(drawSparkline(none, shift).markup).toBe('')
  expect(drawSvg(specifySeriesChart(none, shift, pageTheme, chartSizes.wide), { label })).not.toContain('NaN')
})
