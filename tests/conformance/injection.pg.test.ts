import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utcCalendar } from '../../src/base/periods.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import type { Expression, Plan } from '../../src/dsl/plan/plan.ts'
import { dslVersion } from '../../src/dsl/tree/ast.ts'
import { interpret } from '../oracle/interpret.ts'
import type { Engine } from './open-engines.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

/** Names that a careless engine of ours would let out of their quotes. Postgres keeps 63 bytes of a name. */
const names = [
  'plain',
  'select',
  'Upper',
  'a b',
  'a"b',
  '"',
  "a'b",
  'a;drop table vault;--',
  'a--b',
  '/*',
  '*/',
  '$1',
  '$$',
  'a\\b',
  'a`b',
  '😀',
  'ä.ö',
  '1st',
  '%s',
  '{{x}}',
  'a\tb',
  'a\nb',
]

const values = [
  "'; DROP TABLE vault; --",
  '" OR 1=1 --',
  '\\',
  "\\'; SELECT 1",
  '$1',
  '$2 $3',
  '$$x$$',
  '-- x',
  '/* x */',
  '%',
  '_',
  '😀',
  '\n\r\t',
  "E'\\x41'",
  'null',
]

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
const table = 'the;"table'
const rows = values.slice(0, 8).map((value) => Object.fromEntries(names.map((name) => [name, value])))
const statements = [
  'CREATE TABLE vault (a INTEGER)',
  `CREATE TABLE ${quote(table)} (${names.map((name) => `${quote(name)} TEXT`).join(', ')})`,
  ...rows.map(
    (row) =>
      `INSERT INTO ${quote(table)} VALUES (${names.map((name) => `'${row[name]!.replaceAll("'", "''")}'`).join(', ')})`,
  ),
]

const engines = useEngines(statements)

/** Filters, groups, ties, renames, fills in and looks up by hostile names, with a hostile value. */
function makePlan(name: string, other: string, value: string): Plan {
  const read: Expression = { op: 'column', name }
  const literal: Expression = { op: 'literal', type: 'text', value }
  const call = (fn: string, ...args: readonly Expression[]): Expression => ({ op: 'call', fn, args })
  const scan = {
    op: 'scan',
    step: 0,
    model: name,
    source: { table: quote(table) },
    columns: [...new Set([name, other])].map((column) => ({ name: column, column, type: 'text' as const })),
  } as const
  const kept = call('or', call('not_equals', read, literal), call('contains', read, literal), call('in', read, literal))
  return {
    dsl: dslVersion,
    root: {
      op: 'top',
      step: 2,
      count: 3,
      by: [{ name, descending: false }],
      per: [other],
      withTies: false,
      input: {
        op: 'aggregate',
        step: 1,
        input: { op: 'filter', step: 0, input: scan, where: kept },
        keys: [
          { name, type: 'text', value: call('coalesce', read, literal) },
          ...(other === name
            ? []
            : [{ name: other, type: 'text' as const, value: call('concat', { op: 'column', name: other }, literal) }]),
        ],
        measures: [
          { name: 'n;"', type: 'number', aggregate: { fn: 'count', args: [], where: call('equals', read, literal) } },
        ],
      },
    },
    columns: [
      { name, type: 'text' },
      { name: 'n;"', type: 'number' },
    ],
    order: [{ name: 'n;"', descending: true }],
    calendar: utcCalendar,
    steps: [`from ${name}\n; DROP TABLE vault`, `where x = "${value}"\r\nDELETE FROM vault`, '*/ -- \u2028 SELECT'],
  }
}

const tables = { [quote(table)]: rows }

async function runEverywhere(plan: Plan): Promise<void> {
  const expected = interpret(plan, tables)
  for (const { warehouse } of engines) {
    const { sql, parameters } = emit(plan, warehouse.dialect)
    const found = await runEmitted(warehouse, { sql, parameters }, plan.columns)
    expect(found.rows, `${warehouse.dialect}\n${sql}`).toEqual(expected)
  }
}

const isText = (value: string) => value.isWellFormed() && !value.includes('\0')

test('hostile names and values stay names and values on every engine', async () => {
  for (const [at, name] of names.entries()) {
    const other = names[(at + 7) % names.length]!
    for (const value of values.filter(isText)) await runEverywhere(makePlan(name, other, value))
  }
  for (const { warehouse } of engines)
    expect((await warehouse.query('SELECT count(*) FROM vault', [], { timeoutMs: 1000, rowsMax: 1 })).rows).toEqual([
      [0],
    ])
})

test('any text may be a value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), fc.string({ unit: 'binary' }).filter(isText), async (name, value) => {
      await runEverywhere(makePlan(name, name, value))
    }),
    { numRuns: 150, seed: 7 },
  )
})

test('no value reaches the SQL, and no step ends its comment', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 3 }), (value) => {
      const marked = `«${value}»`
      for (const { warehouse } of engines) {
        const { sql, parameters } = emit({ ...makePlan('plain', 'Upper', marked), steps: [] }, warehouse.dialect)
        expect(sql).not.toContain('«')
        expect(parameters).toContain(marked)
        const commented = emit(makePlan('plain', 'Upper', marked), warehouse.dialect).sql
        const code = commented.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => !line.startsWith('--'))
        expect(code.join('\n')).not.toMatch(/DROP|DELETE|«/)
      }
    }),
    { seed: 7 },
  )
})

test('a NUL in a value is no row on DuckDB and a failure in words on Postgres', async () => {
  const [duckdb, postgres] = engines
  const plan = makePlan('plain', 'Upper', 'a\0b')
  const run = (engine: Engine) => {
    const { sql, parameters } = emit(plan, engine.warehouse.dialect)
    return runEmitted(engine.warehouse, { sql, parameters }, plan.columns)
  }
  expect((await run(duckdb!)).rows.length).toBeGreaterThan(0)
  await expect(run(postgres!)).rejects.toMatchObject({ code: 'warehouse-value' })
})
