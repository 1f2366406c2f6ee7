import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import type { Calendar } from '../../src/base/periods.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import type { Plan } from '../../src/dsl/plan/plan.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { interpret } from '../oracle/interpret.ts'
import { findDifference } from './compare-rows.ts'
import { explorations } from './explorations.ts'
import { type FixtureTable, fixture, fixtureTables, writeTables } from './fixture.ts'
import { fixtureCatalog } from './fixture-catalog.ts'
import { anyPlan } from './generate-plan.ts'
import { type Engine, openPostgresEngine } from './open-engines.ts'
import { runEmitted } from './run-emitted.ts'

const words = new Set(
  fixture.flatMap(({ columns, rows }) => {
    const texts = columns.filter(({ type }) => type === 'text')
    return rows.flatMap((row) => texts.flatMap(({ name }) => (row[name] == null ? [] : [String(row[name])])))
  }),
)
const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Every text of the fixture in an enumeration, declared from the last to the first, so that it sorts otherwise than its letters. */
const enumerated = fixture.map(
  ({ name, columns, rows }): FixtureTable => ({
    name,
    columns: columns.map((column) => (column.type === 'text' ? { ...column, sqlType: 'word' } : column)),
    rows,
  }),
)
let engine: Engine

beforeAll(async () => {
  const declared = [...words].sort().reverse().map(quote).join(', ')
  engine = await openPostgresEngine([`CREATE TYPE word AS ENUM (${declared})`, ...writeTables(enumerated)])
})
afterAll(() => engine.close())

async function compare(plan: Plan): Promise<void> {
  const emitted = emit(plan, 'postgres')
  const { rows } = await runEmitted(engine.warehouse, emitted, plan.columns)
  const difference = findDifference(interpret(plan, fixtureTables), rows)
  expect(difference, `${emitted.sql}\n${JSON.stringify(emitted.parameters)}`).toBeUndefined()
}

const calendar: Calendar = { timezone: 'Europe/Tallinn', weekStarts: 7, fiscalYearStarts: 2 }

test.each(explorations)('%s, over enumerations', async (text) => {
  const context = { catalog: fixtureCatalog(calendar), calendar, asOf: '2025-06-01', dialect: 'postgres' } as const
  await compare(expectAccepted(planExploration(text, context)).plan)
})

test('generated plans give the same rows over enumerations', async () => {
  await fc.assert(fc.asyncProperty(anyPlan, compare), { numRuns: 200, seed: 11, endOnFailure: true })
})
