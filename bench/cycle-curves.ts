/**
 * How what a cycle costs grows with the rows of a table, the values of its fields, its metrics and its history: a first cycle on DuckDB for
 * each of several sizes, all else equal, and the exponent of a straight line through the logarithms. `node bench/cycle-curves.ts [rows] [rows|fields|metrics|days …]`
 *
 * Seconds are those of processors, of all threads, the warehouse's among them. A cycle over a tenth of the rows runs before, so that
 * nothing is measured cold.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp } from '../src/app.ts'
import { runCycle } from '../src/engine/run-cycle.ts'
import { type EventsShape, firstDay, makeWarehouse } from './cycle/make-warehouse.ts'

const rows = Number(process.argv[2] ?? 2_000_000)
const fields = [5, 8, 10, 12, 16, 20]

const processorSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function measure(shape: EventsShape) {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-curves-'))
  const app = await openApp({ configFile: await makeWarehouse(folder, shape.rows ?? rows, undefined, shape) })
  try {
    const before = processorSeconds()
    const { cycle } = await runCycle(app, { asOf: firstDay })
    return { seconds: processorSeconds() - before, tested: cycle.tested, series: cycle.series }
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Slope of the straight line through the logarithms, by least squares. */
function fitExponent(points: readonly { readonly size: number; readonly seconds: number }[]): number {
  const x = points.map(({ size }) => Math.log(size))
  const y = points.map(({ seconds }) => Math.log(seconds))
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length
  const [meanX, meanY] = [mean(x), mean(y)]
  const above = x.reduce((sum, one, at) => sum + (one - meanX) * (y[at]! - meanY), 0)
  return above / x.reduce((sum, one) => sum + (one - meanX) ** 2, 0)
}

const curves: readonly { readonly what: string; readonly shapes: readonly (EventsShape & { size: number })[] }[] = [
  { what: 'rows', shapes: [1, 2, 4].map((k) => ({ size: k * rows, rows: k * rows, fields })) },
  { what: 'fields', shapes: [2, 4, 6].map((count) => ({ size: count, fields: fields.slice(0, count) })) },
  { what: 'metrics', shapes: [1, 2, 4].map((metrics) => ({ size: metrics, metrics, fields })) },
  { what: 'days', shapes: [90, 180, 360].map((days) => ({ size: days, days, fields })) },
]

await measure({ rows: rows / 10, fields })
console.log('| grows | from, to | series | seconds of processors | exponent |\n|---|---|---|---|--:|')
const wanted = process.argv.slice(3)
for (const { what, shapes } of curves.filter((one) => wanted.length === 0 || wanted.includes(one.what))) {
  const points: { readonly size: number; readonly seconds: number; readonly series: number }[] = []
  for (const { size, ...shape } of shapes) points.push({ size, ...(await measure(shape)) })
  const list = (values: readonly string[]) => values.join(', ')
  const sizes = list(points.map(({ size }) => size.toLocaleString('en')))
  const series = list(points.map((one) => one.series.toLocaleString('en')))
  const seconds = list(points.map((one) => one.seconds.toFixed(1)))
  console.log(`| ${what} | ${sizes} | ${series} | ${seconds} | ${fitExponent(points).toFixed(2)} |`)
}
