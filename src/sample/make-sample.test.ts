import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addPeriods, type Day } from '../base/periods.ts'
import type { ColumnBlock, TableBlock } from '../base/table-block.ts'
import { makeSample, sampleUntil } from './make-sample.ts'
import { plantedEvents, startOfPlanted } from './planted-events.ts'

const sample = makeSample()
const quiet = makeSample({ planted: false })

function column<K extends ColumnBlock['kind']>(tables: readonly TableBlock[], table: string, name: string, kind: K) {
  const found = tables.find((one) => one.name === table)?.columns.find((one) => one.name === name)
  if (found?.kind !== kind) throw new Error(`there is no ${kind} column ${table}.${name}`)
  return found as Extract<ColumnBlock, { kind: K }>
}

const startOf = (day: Day) => Date.parse(`${day}T00:00:00Z`)

test('the same options give the same rows, another seed gives others', () => {
  const again = makeSample()
  expect(again.map(({ rows }) => rows)).toEqual(sample.map(({ rows }) => rows))
  expect(column(again, 'events', 'at', 'timestamp').values).toEqual(column(sample, 'events', 'at', 'timestamp').values)
  expect(column(makeSample({ seed: 7 }), 'accounts', 'created_at', 'timestamp').values.slice(0, 9)).not.toEqual(
    column(sample, 'accounts', 'created_at', 'timestamp').values.slice(0, 9),
  )
})

test('there are six tables with about a million events', () => {
  expect(sample.map(({ name }) => name)).toEqual([
    'accounts',
    'users',
    'subscriptions',
    'invoices',
    'events',
    'tickets',
  ])
  const events = sample.find(({ name }) => name === 'events')?.rows ?? 0
  expect(events).toBeGreaterThan(900_000)
  expect(events).toBeLessThan(1_400_000)
  for (const { rows, columns } of sample)
    for (const one of columns) expect((one.kind === 'text' ? one.codes : one.values).length).toBe(rows)
})

test('ids count from 1 and references lead to rows', () => {
  for (const { name, rows } of sample) {
    const ids = column(sample, name, 'id', 'integer').values
    expect(
      ids.every((id, index) => id === index + 1),
      name,
    ).toBe(true)
    if (name === 'accounts') continue
    const accounts = sample[0]?.rows ?? 0
    const owners = column(sample, name, 'account_id', 'integer').values
    expect(rows > 0 && owners.every((id) => id >= 1 && id <= accounts), name).toBe(true)
  }
  const owner = column(sample, 'users', 'account_id', 'integer').values
  const users = column(sample, 'events', 'user_id', 'integer').values
  const accounts = column(sample, 'events', 'account_id', 'integer').values
  expect(users.every((user, index) => owner[user - 1] === accounts[index])).toBe(true)
})

test('nothing is later than the morning of the last day, and nothing precedes its cause', () => {
  const end = startOf(sampleUntil) + 9.6 * 3_600_000
  for (const { name, columns } of sample)
    for (const one of columns)
      if (one.kind === 'timestamp')
        expect(
          one.values.every((at) => !(at > end)),
          `${name}.${one.name}`,
        ).toBe(true)
  const opened = column(sample, 'tickets', 'opened_at', 'timestamp').values
  const answered = column(sample, 'tickets', 'first_response_at', 'timestamp').values
  expect(answered.every((at, index) => !(at < (opened[index] ?? 0)))).toBe(true)
  const ofLastDay = column(sample, 'events', 'at', 'timestamp').values.filter((at) => at >= startOf(sampleUntil)).length
  expect(ofLastDay).toBeGreaterThan(100)
  expect(ofLastDay).toBeLessThan(1500)
})

test('events are fewer at weekends and on holidays, and a few accounts do most of the work', () => {
  const byDay = new Map<number, number>()
  for (const at of column(sample, 'events', 'at', 'timestamp').values) {
    const day = Math.floor(at / 86_400_000)
    byDay.set(day, (byDay.get(day) ?? 0) + 1)
  }
  const on = (day: Day) => byDay.get(startOf(day) / 86_400_000) ?? 0
  // A Wednesday against the Sunday after it, and against Christmas Day, a Thursday.
  expect(on('2025-12-14') / on('2025-12-10')).toBeLessThan(0.6)
  expect(on('2025-12-25') / on('2025-12-11')).toBeLessThan(0.6)

  const perAccount = new Float64Array((sample[0]?.rows ?? 0) + 1)
  for (const id of column(sample, 'events', 'account_id', 'integer').values) perAccount[id]! += 1
  const sorted = perAccount.filter((count) => count > 0).sort()
  const top = sorted.slice(Math.floor(sorted.length * 0.9)).reduce((sum, count) => sum + count, 0)
  expect(top / sorted.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.5)
})

/** Signups from paid search a day, `days` days from `from` on. */
function countPaidSearch(tables: readonly TableBlock[], from: Day, days: number): number {
  const created = column(tables, 'accounts', 'created_at', 'timestamp').values
  const source = column(tables, 'accounts', 'source', 'text')
  const code = source.words.indexOf('paid_search')
  const to = startOf(addPeriods(from, days, 'day'))
  return created.filter((at, row) => at >= startOf(from) && at < to && source.codes[row] === code).length / days
}

test('signups from paid search fall by 60%, unless nothing is planted', () => {
  const { days } = plantedEvents.signups
  const start = startOfPlanted(plantedEvents.signups, sampleUntil)
  expect(start).toBe('2026-09-07')
  const fall = (tables: readonly TableBlock[]) =>
    countPaidSearch(tables, start, days) / countPaidSearch(tables, addPeriods(start, -84, 'day'), 84)
  // About 400 and 220 signups: standard error of the ratio about 0.05.
  expect(fall(sample)).toBeGreaterThan(0.4)
  expect(fall(sample)).toBeLessThan(0.7)
  expect(fall(quiet)).toBeGreaterThan(0.8)
})

test('German cards fail, unless nothing is planted', () => {
  const rate = (tables: readonly TableBlock[]) => {
    const country = column(tables, 'accounts', 'country', 'text')
    const owners = column(tables, 'invoices', 'account_id', 'integer').values
    const method = column(tables, 'invoices', 'method', 'text')
    const status = column(tables, 'invoices', 'status', 'text')
    const start = startOf(startOfPlanted(plantedEvents.payments, sampleUntil))
    const charges = column(tables, 'invoices', 'issued_at', 'timestamp').values.reduce<number[]>((rows, at, row) => {
      const isGerman = country.words[country.codes[(owners[row] ?? 0) - 1] ?? -1] === 'DE'
      if (at >= start && isGerman && method.words[method.codes[row] ?? -1] === 'card') rows.push(row)
      return rows
    }, [])
    return charges.filter((row) => status.words[status.codes[row] ?? -1] === 'failed').length / charges.length
  }
  expect(rate(sample)).toBeGreaterThan(0.15)
  expect(rate(quiet)).toBeLessThan(0.1)
})

test('integration questions wait twice as long, unless nothing is planted', () => {
  const median = (tables: readonly TableBlock[]) => {
    const category = column(tables, 'tickets', 'category', 'text')
    const hours = column(tables, 'tickets', 'first_response_hours', 'number').values
    const start = startOf(startOfPlanted(plantedEvents.answers, sampleUntil))
    const waits = column(tables, 'tickets', 'opened_at', 'timestamp').values.reduce<number[]>((found, at, row) => {
      const wait = hours[row] ?? Number.NaN
      if (at >= start && category.words[category.codes[row] ?? -1] === 'integration' && wait > 0) found.push(wait)
      return found
    }, [])
    return waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0
  }
  expect(median(sample) / median(quiet)).toBeGreaterThan(1.6)
  expect(median(sample) / median(quiet)).toBeLessThan(2.6)
})

test('the example’s README says when each planted event began', async () => {
  const { readFile } = await import('node:fs/promises')
  const text = await readFile(join(import.meta.dirname, '../../examples/saas/README.md'), 'utf8')
  for (const event of Object.values(plantedEvents)) {
    expect(text).toContain(startOfPlanted(event, sampleUntil))
    expect(text).toContain(`\`${event.metric}\``)
  }
})
