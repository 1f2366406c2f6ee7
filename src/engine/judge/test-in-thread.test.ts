import { expect, test } from 'vitest'
import { expectAccepted } from '../../base/diagnostic.ts'
import { listPeriods, utcCalendar } from '../../base/periods.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { readScanTable } from '../../hypotheses/series/scan-table.ts'
import { createRandom } from '../../stats/random.ts'
import { testInThread } from './test-in-thread.ts'
import { testScan } from './test-scan.ts'

const text = `models:
  event:
    table: events
    key: id
    fields: { id: { type: number }, kind: { type: text }, size: { type: text }, amount: { type: number }, seen_at: { type: timestamp } }
    metrics:
      events: { measure: count(), time: seen_at, slices: [kind, size] }
      mean: { measure: avg(amount), time: seen_at, slices: [kind, size] }
`
const catalog = expectAccepted(parseCatalog([{ name: 'events.yaml', text }]))

const scan: SharedScan = {
  id: 's000-event',
  model: 'event',
  time: 'seen_at',
  grain: 'day',
  from: '2026-06-01',
  to: '2026-09-01',
  missing: [],
  dimensions: ['kind', 'size'],
  metrics: ['events', 'mean'],
  text: '',
}

const makeTable = (seed: number, values: number) => {
  const random = createRandom(seed)
  const rows = listPeriods(scan.from, scan.to, 'day', utcCalendar).flatMap((day) =>
    Array.from({ length: values * values }, (_, at) => {
      const count = random.poisson(70)
      return [day, `k${at % values}`, `s${Math.floor(at / values)}`, count, count, 20 + random.normal(), count]
    }),
  )
  const columns = ['day', 'kind', 'size', 'rows', 'events', 'mean', 'mean_weight'].map((name) => ({ name }))
  return readScanTable(scan, { columns, rows }, utcCalendar)
}

test('a thread says what this one says, of several tables at once', { timeout: 120_000 }, async () => {
  const tables = [makeTable(1, 10), makeTable(2, 11), makeTable(3, 3)]
  const aside = await Promise.all(tables.map((table) => testInThread(catalog, table, 7)))
  for (const [at, table] of tables.entries()) {
    const here = await testScan(catalog, table, 7)
    expect(here.verdicts.length).toBeGreaterThan(20)
    expect({ ...aside[at], detectMs: 0 }).toEqual({ ...here, detectMs: 0 })
  }
})

test('what goes wrong in a thread goes wrong here, and the thread goes on', { timeout: 120_000 }, async () => {
  const table = makeTable(1, 10)

  const wrong = { ...table, scan: { ...scan, dimensions: null as unknown as readonly string[] } }
  await expect(testInThread(catalog, wrong, 7)).rejects.toThrow(/null/)
  expect((await testInThread(catalog, table, 7)).series).toBeGreaterThan(0)
})

test('a test that is cancelled says so', { timeout: 120_000 }, async () => {
  const cancel = new AbortController()
  const asked = testInThread(catalog, makeTable(1, 10), 7, cancel.signal)
  cancel.abort()
  await expect(asked).rejects.toThrow(/abort/i)
})
