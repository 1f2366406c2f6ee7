import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import type { Calendar } from '../../src/base/periods.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import type { ColumnType, Plan } from '../../src/dsl/plan/plan.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { interpret } from '../oracle/interpret.ts'
import type { Row, Value } from '../oracle/values.ts'
import { findDifference } from './compare-rows.ts'
import { explorations } from './explorations.ts'
import { type FixtureTable, fixture, readTables, writeTables } from './fixture.ts'
import { fixtureCatalog } from './fixture-catalog.ts'
import { anyPlan } from './generate-plan.ts'
import { openClickhouseEngine } from './open-clickhouse.ts'
import type { Engine } from './open-engines.ts'
import { runEmitted } from './run-emitted.ts'

/** What stands where the fixture has nothing: tables of ClickHouse seldom have columns that may be empty. */
const blanks: Readonly<Record<ColumnType, Value>> = {
  number: 0,
  text: '',
  boolean: false,
  date: '2024-05-05',
  timestamp: Date.parse('2024-05-05T05:05:05Z'),
}

/** Types of its own, narrower than those of the fixture, unsigned, and in zones that nobody asks about. */
const types: Readonly<Record<string, string>> = {
  INTEGER: 'UInt32',
  BIGINT: 'Int64',
  SMALLINT: 'Int8',
  TEXT: 'String',
  'VARCHAR(20)': 'LowCardinality(String)',
  TIMESTAMP: "DateTime64(3, 'America/New_York')",
  'TIMESTAMP WITH TIME ZONE': "DateTime64(3, 'Asia/Tokyo')",
  DATE: 'Date',
  'DECIMAL(10, 2)': 'Decimal(10, 2)',
  'DOUBLE PRECISION': 'Float32',
  BOOLEAN: 'Bool',
}

const strict = fixture.map(
  ({ name, columns, rows }): FixtureTable => ({
    name,
    columns: columns.map((column) => ({ ...column, sqlType: `${types[column.sqlType] ?? column.sqlType} NOT NULL` })),
    rows: rows.map(
      (row): Row =>
        Object.fromEntries(
          columns.map(({ name: column, type, sqlType }) => {
            const value = row[column] ?? blanks[type]
            return [column, sqlType === 'INTEGER' ? Math.abs(Number(value)) : value]
          }),
        ),
    ),
  }),
)
const tables = readTables(strict)
let engine: Engine

beforeAll(async () => {
  engine = await openClickhouseEngine(writeTables(strict))
})
afterAll(() => engine.close())

async function compare(plan: Plan): Promise<void> {
  const emitted = emit(plan, 'clickhouse')
  const { rows } = await runEmitted(engine.warehouse, emitted, plan.columns)
  const difference = findDifference(interpret(plan, tables), rows)
  expect(difference, `${emitted.sql}\n${JSON.stringify(emitted.parameters)}`).toBeUndefined()
}

const calendar: Calendar = { timezone: 'Europe/Tallinn', weekStarts: 7, fiscalYearStarts: 2 }

test.each(explorations)('%s, over columns that are never empty', async (text) => {
  const context = { catalog: fixtureCatalog(calendar), calendar, asOf: '2025-06-01', dialect: 'clickhouse' } as const
  await compare(expectAccepted(planExploration(text, context)).plan)
})

test('generated plans give the same rows over columns that are never empty', async () => {
  await fc.assert(fc.asyncProperty(anyPlan, compare), { numRuns: 200, seed: 7, endOnFailure: true })
})
