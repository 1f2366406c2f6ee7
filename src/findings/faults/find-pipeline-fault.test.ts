import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import { createRandom, type Random } from '../../stats/random.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { measureMovement } from '../explain/measure-movement.ts'
import type { Parts } from '../explain/parts.ts'
import { findPipelineFault } from './find-pipeline-fault.ts'

const length = 180
const since = 168
const season = 7
const excluded = new Uint8Array(length)
const periods = Array.from({ length }, (_, at) => addPeriods('2026-04-04', at, 'day'))
const perDay = { account: 80, event: 260, invoice: 60, ticket: 50 } as const
type Table = keyof typeof perDay
const tables = Object.keys(perDay) as Table[]
const values = { source: { web: 0.5, ads: 0.3, partner: 0.2 }, country: { EE: 0.6, FI: 0.4 } } as const
const catalog = {
  models: Object.fromEntries(
    tables.map((name) => [
      name,
      { metrics: { rows: { slices: ['source', 'country'] }, value: { slices: ['source'] } } },
    ]),
  ),
} as unknown as Catalog

interface Cell {
  readonly table: Table
  readonly source: keyof typeof values.source
  readonly country: keyof typeof values.country
  readonly at: number
}

/** How many times as many rows of a cell there are on a day. */
type Change = (cell: Cell) => number
type Draw = (random: Random, mean: number, at: number) => number

/** Counts of a table by cell, as candidates of two metrics of its whole and a space of its slices. */
function makeTable(table: Table, change: Change, draw: Draw, random: Random) {
  const cells = Object.entries(values.source).flatMap(([source, a]) =>
    Object.entries(values.country).map(([country, b]) => {
      const meanOf = (at: number) =>
        perDay[table] * a * b * (at % 7 >= 5 ? 0.6 : 1.1) * change({ table, source, country, at } as Cell)
      return { source, country, rows: Float64Array.from({ length }, (_, at) => draw(random, meanOf(at), at)) }
    }),
  )
  const read = (slice: Slice): Parts => {
    const total = new Float64Array(length)
    for (const cell of cells)
      if (slice.every(({ field, value }) => cell[field as 'source'] === value))
        for (let at = 0; at < length; at++) total[at]! += cell.rows[at]!
    return { kind: 'count', total, weight: undefined, rows: total }
  }
  const space: SliceSpace = {
    periods,
    excluded,
    season,
    partsOf: async (_, slice) => read(slice),
    slicesBy: async ([field]) =>
      Object.keys(values[field as 'source'] ?? {}).map((value): Slice => [{ field: field!, value }]),
  }
  return { space, parts: read([]) }
}

interface World {
  readonly change: Change
  readonly draw?: Draw
  /** First day after it. */
  readonly end?: number
}

const poisson: Draw = (random, mean) => random.poisson(mean)

async function seek({ change, draw = poisson, end = length }: World, random: Random) {
  const made = new Map(tables.map((table) => [table, makeTable(table, change, draw, random)]))
  const candidates = tables.flatMap((model): Candidate[] => {
    const { parts } = made.get(model)!
    // onsets are estimates
    const window = { from: since + random.integer(-1, 1), to: end }
    const movement = measureMovement({ parts, window, excluded, season })!
    if (Math.abs(movement.change) < 0.15 || Math.abs(movement.strength) < 2.5) return []
    const direction = movement.change < 0 ? 'down' : 'up'
    const numbers = { direction, from: periods[window.from], to: end === length ? null : periods[end] }
    return ['rows', 'value'].map((metric) => {
      const hypothesis = { model, metric, slice: [], grain: 'day', detector: 'level_shift', text: `${model} ${metric}` }
      const verdict = { hypothesis, numbers, kind: 'count' } as unknown as Candidate['verdict']
      return { verdict, qValue: 0, parts, window, movement }
    })
  })
  const spaceOf = ({ verdict }: Candidate) => made.get(verdict.hypothesis.model as Table)!.space
  return findPipelineFault(candidates, { catalog, spaceOf })
}

const runs = 60
async function countFound(world: (random: Random) => World): Promise<number> {
  const random = createRandom(5)
  let found = 0
  for (let run = 0; run < runs; run++) found += Number((await seek(world(random), random)) !== undefined)
  return found
}

const noises: Readonly<Record<string, Draw>> = {
  counts: poisson,
  'rows in clumps': (random, mean) => random.negativeBinomial(mean, 0.05),
  'slow waves': (random, mean, at) => random.poisson(mean * (1 + 0.08 * Math.sin(at / 9))),
  'loud days': (random, mean, at) => random.poisson(mean * (at % 11 === 0 ? 1.3 : 1)),
}
const lost: Change = ({ at }) => (at >= since ? 0.62 : 1)

test.each(Object.entries(noises))('rows that are lost in all tables alike are seen in %s', async (_, draw) => {
  expect(await countFound(() => ({ change: lost, draw }))).toBeGreaterThanOrEqual(0.75 * runs)
})

test('rows that are loaded twice for some days are seen, with what they concern', async () => {
  const change: Change = ({ at }) => (at >= since && at < 176 ? 2 : 1)
  const found = await seek({ change, end: 176 }, createRandom(3))
  expect(found?.fault).toMatchObject({ kind: 'pipeline_fault', to: periods[176] })
  expect(found?.fault.change).toBeGreaterThan(0.8)
  expect(found?.fault.change).toBeLessThan(1.2)
  expect(found?.fault.concerns.map(({ model, metric }) => `${model}.${metric}`).sort()).toEqual(
    tables.flatMap((table) => [`${table}.rows`, `${table}.value`]).sort(),
  )
  expect(found?.lead.verdict.hypothesis.model).toBe('event')
})

/** What business does: all tables at one instant, the same way, but not as one. */
const business: Readonly<Record<string, (random: Random) => World>> = {
  'a launch, by parts of their own': () => {
    const by = { account: 0.7, event: 0.4, invoice: 0.25, ticket: 0.5 }
    return { change: ({ table, at }) => (at >= since ? 1 + by[table] : 1) }
  },
  'any event, by parts of their own': (random) => {
    const by = tables.map((table) => [table, 0.6 * Math.exp(0.3 * random.normal())] as const)
    const part = Object.fromEntries(by) as Record<Table, number>
    return { change: ({ table, at }) => (at >= since ? part[table] : 1) }
  },
  'a holiday of some countries': () => ({
    change: ({ country, at }) => (at >= since && at < 173 && country === 'EE' ? 0.35 : 1),
    end: 173,
  }),
  'a channel that is closed': () => ({ change: ({ source, at }) => (at >= since && source === 'web' ? 0.3 : 1) }),
  'an outage that heals slowly': () => ({
    change: ({ at }) => (at >= since ? 1 - 0.75 * Math.exp(-(at - since) / 5) : 1),
  }),
  'one after the other': () => {
    const wait = { account: 0, event: 3, invoice: 6, ticket: 4 }
    return { change: ({ table, at }) => (at >= since + wait[table] ? 0.6 : 1) }
  },
  'a holiday of two days': () => ({ change: ({ at }) => (at >= since && at < 170 ? 0.4 : 1), end: 170 }),
}

test.each(Object.entries(business))('%s: is business', async (_, world) => {
  expect(await countFound(world)).toBeLessThanOrEqual(0.05 * runs)
})

test('two tables of a funnel are no pipeline', async () => {
  const change: Change = ({ table, at }) => (at >= since && (table === 'account' || table === 'event') ? 0.6 : 1)
  expect(await countFound(() => ({ change }))).toBe(0)
})

test.each(Object.entries(noises))('where nothing happened nothing is found in %s', async (_, draw) => {
  expect(await countFound(() => ({ change: () => 1, draw }))).toBe(0)
})
