/**
 * What a cycle tells of a table beside what getInsights of AVA tells of the same rows, in one run: how much where nothing happened, and at which rank a
 * planted fall by half is, first of all that is told and first with its slice and its kind. `npm ci --prefix bench/insights && node bench/insights/insights.mjs [tables]`
 *
 * A table holds orders a day for each of 5 countries and 4 plans over 182 days: counts that scatter more than Poisson's, with a weekly season and
 * a day's memory. In every second one the orders of one country or of one country's plan are half from day 161 on. AVA's limit is set so
 * high that nothing is cut off; a pattern in time is one of its kinds trend, change point and outlier in time.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp } from '../../src/app.ts'
import { addPeriods } from '../../src/base/periods.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { createRandom } from '../../src/stats/random.ts'

const { getInsights } = createRequire(import.meta.url)('@antv/ava')

const tables = Number(process.argv[2] ?? 8)
const fields = {
  country: ['EE', 'DE', 'US', 'FR', 'FI'],
  plan: ['free', 'starter', 'team', 'business'],
}
const [days, fallFrom, ordersADay] = [182, 161, 400]
const firstDay = '2026-04-02'
const asOf = addPeriods(firstDay, days - 1, 'day')
const inTime = new Set(['trend', 'change_point', 'time_series_outlier'])

/** One row for each day and each combination of values that has orders. */
function makeTable(seed, plant) {
  const random = createRandom(seed)
  const weights = Object.values(fields).map((values) => values.map(() => 0.5 + random.uniform()))
  const shares = weights.map((all) => all.map((one) => one / all.reduce((sum, x) => sum + x, 0)))
  const rows = []
  let drift = 0
  for (let day = 0; day < days; day++) {
    drift = 0.5 * drift + 0.05 * random.normal()
    const season = [1.1, 1.15, 1.1, 1.05, 1, 0.7, 0.6][day % 7]
    for (const [c, country] of fields.country.entries())
      for (const [p, plan] of fields.plan.entries()) {
        const falls = day >= fallFrom && plant?.country === country && (plant.plan ?? plan) === plan
        const rate = ordersADay * shares[0][c] * shares[1][p] * season * Math.exp(drift)
        const orders = random.poisson((rate * (falls ? 0.5 : 1) * random.gamma(20)) / 20)
        if (orders > 0) rows.push({ day: addPeriods(firstDay, day, 'day'), country, plan, orders })
      }
  }
  return rows
}

const holds = (slice, plant) =>
  slice.length === Object.keys(plant).length && slice.every(({ field, value }) => plant[field] === value)

async function time(work) {
  const start = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - start) / 1000 }
}

/** What is told, best first: of each its kind, whether it is about time, and its slice. */
async function askAva(rows) {
  const { result, seconds } = await time(async () =>
    getInsights(rows, {
      measures: [{ fieldName: 'orders', method: 'SUM' }],
      dimensions: [{ fieldName: 'day' }, ...Object.keys(fields).map((fieldName) => ({ fieldName }))],
      limit: 100_000,
    }),
  )
  const told = result.insights.flatMap(({ subspace, patterns }) =>
    patterns.map(({ type }) => ({
      inTime: inTime.has(type),
      slice: subspace.map(({ dimension, value }) => ({ field: dimension, value })),
    })),
  )
  return { seconds, told }
}

const catalog = `models:
  order:
    table: orders
    key: [day, country, plan]
    fields:
      day: { type: date }
${Object.keys(fields)
  .map((field) => `      ${field}: { type: text }`)
  .join('\n')}
      orders: { type: number }
    metrics:
      orders: { measure: sum(orders), time: day, slices: [${Object.keys(fields).join(', ')}] }
`

async function askHunch(rows) {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-insights-'))
  const columns = ['day', ...Object.keys(fields), 'orders']
  const lines = rows.map((row) => columns.map((column) => row[column]).join(','))
  mkdirSync(join(folder, 'data'))
  mkdirSync(join(folder, 'catalog'))
  writeFileSync(join(folder, 'data', 'orders.csv'), `${[columns.join(','), ...lines].join('\n')}\n`)
  writeFileSync(join(folder, 'catalog', 'orders.yaml'), catalog)
  writeFileSync(
    join(folder, 'hunch.yaml'),
    'workspace: bench\ntimezone: UTC\nwarehouse: files:./data\ncatalog: ./catalog\n',
  )
  const app = await openApp({ configFile: join(folder, 'hunch.yaml') })
  try {
    const { result, seconds } = await time(() => runCycle(app, { asOf }))
    return { seconds, told: result.findings.map(({ from, slice }) => ({ inTime: from !== null, slice })) }
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const asked = { 'getInsights of AVA': askAva, 'a cycle of Hunch': askHunch }
const sums = Object.fromEntries(
  Object.keys(asked).map((who) => [who, { seconds: [], quiet: [], planted: [], ranks: [] }]),
)
for (let seed = 1; seed <= tables; seed++) {
  const plants = [
    undefined,
    { country: fields.country[seed % 5] },
    undefined,
    { country: 'DE', plan: fields.plan[seed % 4] },
  ]
  const plant = plants[seed % 4]
  const rows = makeTable(seed, plant)
  for (const [who, ask] of Object.entries(asked)) {
    const { seconds, told } = await ask(rows)
    const timed = told.filter((one) => one.inTime)
    const sum = sums[who]
    sum.seconds.push(seconds)
    if (!plant) sum.quiet.push(timed.length)
    else {
      sum.planted.push(timed.length)
      sum.ranks.push(1 + told.findIndex((one) => one.inTime && holds(one.slice, plant)))
    }
  }
  process.stderr.write(`\r${seed} of ${tables} tables`)
}
process.stderr.write('\n')
const list = (values) => values.join(', ')
const total = (values) => values.reduce((sum, x) => sum + x, 0)
console.log(
  '| | told of time where nothing happened, by table | the same with a plant | rank of the plant with its slice (0: not told) | seconds a table |',
)
console.log('|---|---|---|---|--:|')
for (const [who, { seconds, quiet, planted, ranks }] of Object.entries(sums))
  console.log(
    `| ${who} | ${list(quiet)} | ${list(planted)} | ${list(ranks)} | ${(total(seconds) / seconds.length).toFixed(1)} |`,
  )
