import { expect, test } from 'vitest'
import { utcCalendar } from '../../src/base/periods.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import type { Column, Node, Plan } from '../../src/dsl/plan/plan.ts'
import { useEngines } from './use-engines.ts'

const statements = [
  'CREATE TABLE people (id INTEGER)',
  `INSERT INTO people VALUES ${Array.from({ length: 30 }, (_, at) => `(${at + 1})`).join(', ')}`,
  'CREATE TABLE visits (person INTEGER, kind INTEGER)',
  'INSERT INTO visits VALUES (8, 1), (9, 1), (10, 1), (1, 2)',
]
const engines = useEngines(statements)

const number = (name: string): Column => ({ name, type: 'number' })
const scan = (table: string, names: readonly string[]): Node => ({
  op: 'scan',
  step: 0,
  model: table,
  source: { table },
  columns: names.map((name) => ({ ...number(name), column: name })),
})

/** DuckDB pushed what the join looks for below the limit, and found somebody else first. */
test('rows are cut before they are joined', async () => {
  const kind = { op: 'column', name: 'kind' } as const
  const where = { op: 'call', fn: 'less', args: [kind, { op: 'literal', type: 'number', value: 2 }] } as const
  const seen: Node = {
    op: 'aggregate',
    step: 1,
    input: { op: 'filter', step: 1, input: scan('visits', ['person', 'kind']), where },
    keys: [{ ...number('person'), value: { op: 'column', name: 'person' } }],
    measures: [],
  }
  const root: Node = {
    op: 'expand',
    step: 1,
    input: { op: 'limit', step: 1, input: scan('people', ['id']), count: 1 },
    to: seen,
    on: [{ left: 'id', right: 'person' }],
    columns: [{ ...number('person'), from: 'person' }],
  }
  const columns = [number('id')]
  const plan: Plan = { dsl: 1, root, columns, order: [], calendar: utcCalendar, steps: ['from people', 'limit 1'] }
  for (const { warehouse } of engines) {
    const { sql, parameters } = emit(plan, warehouse.dialect)
    const { rows } = await warehouse.query(sql, parameters, { timeoutMs: 20_000, rowsMax: 100 })
    expect(rows, `${warehouse.dialect}\n${sql}`).toEqual([])
  }
})
