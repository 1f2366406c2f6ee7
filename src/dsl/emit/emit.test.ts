import { expect, test } from 'vitest'
import { type Calendar, utcCalendar } from '../../base/periods.ts'
import type { Column, ColumnType, Expression, Node, Plan } from '../plan/plan.ts'
import { dslVersion } from '../tree/ast.ts'
import { emit } from './emit.ts'

const read = (name: string): Expression => ({ op: 'column', name })
const call = (fn: string, ...args: readonly Expression[]): Expression => ({ op: 'call', fn, args })
const literal = (type: ColumnType, value: string | number): Expression => ({ op: 'literal', type, value })

const scan = (model: string, table: string, columns: Readonly<Record<string, ColumnType>>): Node => ({
  op: 'scan',
  step: 0,
  model,
  source: { table },
  columns: Object.entries(columns).map(([name, type]) => ({ name, type, column: name })),
  key: ['id'],
})

const accounts = scan('account', 'accounts', {
  id: 'number',
  plan: 'text',
  created_at: 'timestamp',
  mrr: 'number',
  note: 'text',
})

const plan = (root: Node, columns: readonly Column[], more: Partial<Plan> = {}): Plan => ({
  dsl: dslVersion,
  root,
  columns,
  order: [],
  calendar: utcCalendar,
  steps: ['from account', 'where …', 'group by …', 'add …'],
  ...more,
})

const since: Node = {
  op: 'filter',
  step: 1,
  input: accounts,
  where: call(
    'and',
    call('greater_or_equal', read('created_at'), literal('timestamp', '2024-01-01T00:00:00Z')),
    call('less', read('created_at'), literal('timestamp', '2025-01-01T00:00:00Z')),
  ),
}

const grouped: Node = {
  op: 'aggregate',
  step: 2,
  input: since,
  keys: [
    {
      name: 'week',
      type: 'date',
      value: { op: 'bucket', grain: 'week', arg: read('created_at'), argType: 'timestamp' },
    },
    { name: 'plan', type: 'text', value: read('plan') },
  ],
  measures: [
    { name: 'n', type: 'number', aggregate: { fn: 'count', args: [] } },
    {
      name: 'paying',
      type: 'number',
      aggregate: { fn: 'count', args: [], where: call('not', call('is_empty', read('mrr'))) },
    },
    { name: 'unread', type: 'number', aggregate: { fn: 'median', args: [read('mrr')] } },
  ],
}

const columns: readonly Column[] = [
  { name: 'week', type: 'date' },
  { name: 'plan', type: 'text' },
  { name: 'share', type: 'number' },
]

const ratio: Node = {
  op: 'extend',
  step: 2,
  input: grouped,
  columns: [{ name: 'share', type: 'number', value: call('divide', read('paying'), read('n')) }],
}

test('scan, filter, group and the ratio of the same step are one SELECT, without what nobody reads', () => {
  expect(emit(plan(ratio, columns), 'duckdb')).toMatchInlineSnapshot(`
    {
      "parameters": [
        "2024-01-01T00:00:00Z",
        "2025-01-01T00:00:00Z",
      ],
      "readings": 0,
      "sql": "-- from account
    -- where …
    -- group by …
    SELECT
      date_trunc('week', created_at)::date AS week,
      plan,
      count(*) FILTER (WHERE mrr IS NOT NULL) / nullif(count(*), 0) AS share
    FROM accounts
    WHERE created_at >= $1::timestamp
      AND created_at < $2::timestamp
    GROUP BY 1, 2
    ORDER BY week, plan",
    }
  `)
  expect(emit(plan(ratio, columns), 'postgres').sql).toMatchInlineSnapshot(`
    "-- from account
    -- where …
    -- group by …
    SELECT
      date_trunc('week', created_at)::date AS week,
      plan::text AS plan,
      count(*) FILTER (WHERE mrr IS NOT NULL)::double precision / nullif(count(*), 0) AS share
    FROM accounts
    WHERE created_at >= $1::timestamp
      AND created_at < $2::timestamp
    GROUP BY 1, 2
    ORDER BY week, plan::text COLLATE "C""
  `)
})

test('weeks that start on Sunday, by local time', () => {
  const calendar: Calendar = { timezone: 'America/New_York', weekStarts: 7, fiscalYearStarts: 1 }
  const sql = (dialect: 'duckdb' | 'postgres') => emit(plan(grouped, columns.slice(0, 2), { calendar }), dialect).sql
  expect(sql('duckdb')).toMatchInlineSnapshot(`
    "-- from account
    -- where …
    -- group by …
    SELECT
      (date_trunc('week', created_at + CASE WHEN created_at < TIMESTAMP '2024-03-10 07:00:00' THEN INTERVAL '-5 hours' WHEN created_at < TIMESTAMP '2024-11-03 06:00:00' THEN INTERVAL '-4 hours' ELSE INTERVAL '-5 hours' END /* America/New_York */ + INTERVAL '1 day') - INTERVAL '1 day')::date AS week,
      plan
    FROM accounts
    WHERE created_at >= $1::timestamp
      AND created_at < $2::timestamp
    GROUP BY 1, 2
    ORDER BY week, plan"
  `)
  expect(sql('postgres')).toMatchInlineSnapshot(`
    "-- from account
    -- where …
    -- group by …
    SELECT
      (date_trunc('week', created_at::timestamptz AT TIME ZONE 'America/New_York' + INTERVAL '1 day') - INTERVAL '1 day')::date AS week,
      plan::text AS plan
    FROM accounts
    WHERE created_at >= $1::timestamp
      AND created_at < $2::timestamp
    GROUP BY 1, 2
    ORDER BY week, plan::text COLLATE "C""
  `)
})

test('a later step starts a stage of its own, under its own comment', () => {
  const filtered: Node = {
    op: 'filter',
    step: 3,
    input: ratio,
    where: call('greater', read('share'), literal('number', 0.5)),
  }
  expect(emit(plan(filtered, columns), 'duckdb').sql).toMatchInlineSnapshot(`
    "WITH
    -- from account
    -- where …
    -- group by …
    account_by_week_plan AS (
      SELECT
        date_trunc('week', created_at)::date AS week,
        plan,
        count(*) FILTER (WHERE mrr IS NOT NULL) / nullif(count(*), 0) AS share
      FROM accounts
      WHERE created_at >= $1::timestamp
        AND created_at < $2::timestamp
      GROUP BY 1, 2
    )
    -- add …
    SELECT week, plan, share
    FROM account_by_week_plan
    WHERE share > $3
    ORDER BY week, plan"
  `)
})

test('a column named like a keyword or a table like a CTE does no harm', () => {
  const odd = scan('at', 'at_by_select', { id: 'number', select: 'text' })
  const root: Node = {
    op: 'limit',
    step: 2,
    count: 5,
    input: {
      op: 'aggregate',
      step: 1,
      input: odd,
      keys: [{ name: 'select', type: 'text', value: read('select') }],
      measures: [{ name: 'n', type: 'number', aggregate: { fn: 'count', args: [] } }],
    },
  }
  const again: Node = { op: 'filter', step: 3, input: root, where: call('greater', read('n'), literal('number', 1)) }
  expect(emit(plan(again, [{ name: 'select', type: 'text' }]), 'duckdb').sql).toMatchInlineSnapshot(`
    "WITH
    -- from account
    -- where …
    -- group by …
    at_by_select_2 AS MATERIALIZED (
      SELECT "select", count(*) AS n
      FROM at_by_select
      GROUP BY 1
      ORDER BY "select"
      LIMIT 5
    )
    -- add …
    SELECT "select"
    FROM at_by_select_2
    WHERE n > $1
    ORDER BY "select""
  `)
})

test('equal numbers share a parameter; texts do not, since Postgres may take each for another type', () => {
  const isOne = call('equals', read('mrr'), literal('number', 1))
  const where = call('or', call('equals', read('plan'), literal('text', '1')), isOne)
  const twice = call('and', where, call('not_equals', read('note'), literal('text', '1')), isOne)
  const root: Node = { op: 'filter', step: 1, input: accounts, where: twice }
  const { sql, parameters } = emit(plan(root, [{ name: 'id', type: 'number' }]), 'postgres')
  expect(parameters).toEqual(['1', 1, '1'])
  expect(sql).toContain(
    '(plan::text = $1 OR mrr = $2::bigint)\n  AND note::text IS DISTINCT FROM $3\n  AND mrr = $2::bigint',
  )
})

test('a text in a key has one parameter, wherever the key is written', () => {
  const root: Node = {
    op: 'aggregate',
    step: 1,
    input: accounts,
    keys: [{ name: 'label', type: 'text', value: call('coalesce', read('plan'), literal('text', 'none')) }],
    measures: [],
  }
  const { sql, parameters } = emit(plan(root, [{ name: 'label', type: 'text' }]), 'postgres')
  expect(parameters).toEqual(['none'])
  expect(sql).toContain('ORDER BY coalesce(plan::text, $1) COLLATE "C"')
})

test('a model over its own SQL is a stage, and its closing semicolon goes', () => {
  const source = { sql: "select id, plan\nfrom raw -- all of it\nwhere plan <> ';';\n" }
  const root: Node = {
    op: 'scan',
    step: 0,
    model: 'account',
    source,
    columns: [{ name: 'plan', type: 'text', column: 'plan' }],
  }
  expect(emit(plan(root, [{ name: 'plan', type: 'text' }]), 'duckdb').sql).toMatchInlineSnapshot(`
    "WITH
    -- from account
    account_source AS (
      select id, plan
      from raw -- all of it
      where plan <> ';'
    )
    SELECT plan
    FROM account_source
    ORDER BY plan"
  `)
})
