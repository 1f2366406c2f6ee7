import type { Column, Expression, Node } from '../../src/dsl/plan/plan.ts'
import { type Draw, drawExpression } from './generate-expression.ts'
import { type Growing, read, scan } from './generate-steps.ts'

/** One row per user of an account, or per event of an hour that both have: with pairs, or every pair where `on` is empty. */
export function expand(draw: Draw, growing: Growing, step: number): Growing | undefined {
  const { node, columns } = growing
  const key = columns.find(({ name }) => name === 'id' || name === 'account_id')
  if (!key || columns.length > 30) return undefined
  const users = scan('users', step, draw([true, false]))
  const where = drawExpression(draw, users.columns, 'boolean', 1)
  const to: Node = draw([true, false]) ? { op: 'filter', step, input: users.node, where } : users.node
  const prefix = `e${step}.`
  const kept = users.columns.filter(({ name }) => name === 'id' || draw([true, false]))
  const on = [{ left: key.name, right: 'account_id' }]
  return {
    node: {
      op: 'expand',
      step,
      input: node,
      to,
      on,
      columns: kept.map((column) => ({ ...column, name: `${prefix}${column.name}`, from: column.name })),
    },
    columns: [...columns, ...kept.map((column) => ({ ...column, name: `${prefix}${column.name}` }))],
    axis: undefined,
  }
}

/** Each row with each of a few rows that are written out. */
export function pairWithValues(draw: Draw, { node, columns }: Growing, step: number): Growing | undefined {
  if (columns.length > 30) return undefined
  const added: readonly Column[] = [
    { name: `v${step}_n`, type: 'number' },
    { name: `v${step}_t`, type: 'text' },
    { name: `v${step}_d`, type: 'date' },
  ]
  const cells: readonly (string | number | null)[][] = [
    [1, 'one', '2024-10-27'],
    [2, '😀 two', null],
    [3, null, '2025-01-01'],
  ]
  const rows = cells
    .slice(0, draw([1, 2, 3]))
    .map((row) => row.map((value, at) => ({ op: 'literal', type: added[at]!.type, value }) as const))
  const to: Node = { op: 'values', step, title: 'few', columns: added, rows }
  const kept = added.map((column) => ({ ...column, from: column.name }))
  return {
    node: { op: 'expand', step, input: node, to, on: [], columns: kept },
    columns: [...columns, ...added],
    axis: undefined,
  }
}

/** One row per period between two times of a row. */
export function repeat(draw: Draw, growing: Growing, step: number): Growing | undefined {
  const { node, columns } = growing
  const argType = draw(['date', 'timestamp'] as const)
  const times = columns.filter(({ type }) => type === argType)
  // Periods of periods would be so many rows that the row-by-row answer takes minutes.
  if (times.length === 0 || columns.some(({ name }) => /^p\d+$/.test(name))) return undefined
  const grain =
    argType === 'date' ? draw(['week', 'month', 'year'] as const) : draw(['month', 'quarter', 'hour'] as const)
  const isHour = grain === 'hour'
  const end: Expression = {
    op: 'literal',
    type: argType,
    value: argType === 'date' ? '2025-02-01' : '2025-02-01T00:00:00Z',
  }
  const some = (): Expression => draw([read(draw(times).name), drawExpression(draw, columns, argType, 1)])
  const period: Column = { name: `p${step}`, type: isHour ? 'timestamp' : 'date' }
  return {
    node: {
      op: 'repeat',
      step,
      input: node,
      from: some(),
      to: draw([some(), end, { op: 'literal', type: argType, value: null }]),
      argType,
      grain,
      mode: draw(['any', 'start', 'end'] as const),
      period,
      // Which days weeks and years begin on is drawn later: none of theirs may be cut.
      since: isHour ? '2024-10-26T20:00:00Z' : grain === 'month' ? '2024-04-01' : '2023-01-01',
      until: isHour ? '2024-10-27T03:00:00Z' : '2025-07-01',
    },
    columns: [...columns, period],
    axis: undefined,
  }
}

/** Whether accounts stand below others, beside rows of accounts. */
export function below(draw: Draw, growing: Growing, step: number): Growing | undefined {
  const { node, columns, axis } = growing
  if (!columns.some(({ name }) => name === 'seats') || !columns.some(({ name }) => name === 'id')) return undefined
  const accounts = () => scan('accounts', step, draw([true, false]))
  const top = accounts()
  const where = drawExpression(draw, top.columns, 'boolean', 1)
  const added: Column = { name: `below${step}`, type: 'number' }
  const descend: Node = {
    op: 'descend',
    step,
    start: draw([true, false]) ? { op: 'filter', step, input: top.node, where } : top.node,
    edges: accounts().node,
    columns: [{ name: 'reached', type: 'number', start: 'id', from: 'parent_id', to: 'id' }],
    depthMax: draw([1, 2, 50]),
  }
  return {
    node: {
      op: 'lookup',
      step,
      input: node,
      to: descend,
      on: [{ left: 'id', right: 'reached' }],
      columns: [{ ...added, from: 'reached' }],
    },
    columns: [...columns, added],
    axis,
  }
}

/** The users that belong to a row, under a condition that may see `seen` of it, and how they are matched. */
function countUsers(draw: Draw, { node, columns }: Growing, step: number, key: string) {
  const users = scan('users', step, draw([true, false]))
  const measures = [{ name: `n${step}`, type: 'number', aggregate: { fn: 'count', args: [] } }] as const
  const times = columns.filter(({ type }) => type === 'timestamp')
  if (times.length === 0 || draw([true, false])) {
    const where = drawExpression(draw, users.columns, 'boolean', 1)
    const input: Node = draw([true, false]) ? { op: 'filter', step, input: users.node, where } : users.node
    const keys = [{ name: 'owner', type: 'number', value: read('account_id') }] as const
    const to: Node = { op: 'aggregate', step, input, keys, measures }
    return { to, on: [{ left: key, right: 'owner' }] }
  }
  const seen = draw(times).name
  const keys = [
    { name: 'asked', type: 'number', value: read(key) },
    { name: 'this', type: 'timestamp', value: read(seen) },
  ] as const
  const pairs: Node = {
    op: 'expand',
    step,
    input: { op: 'aggregate', step, input: node, keys, measures: [] },
    to: users.node,
    on: [{ left: 'asked', right: 'account_id' }],
    columns: users.columns.map((column) => ({ ...column, from: column.name })),
  }
  const later: Expression = { op: 'call', fn: draw(['greater', 'less']), args: [read('joined_at'), read('this')] }
  const where = draw([later, drawExpression(draw, [...users.columns, ...keys], 'boolean', 1)])
  const own = keys.map(({ name, type }) => ({ name, type, value: read(name) }))
  const to: Node = { op: 'aggregate', step, input: { op: 'filter', step, input: pairs, where }, keys: own, measures }
  const on = [
    { left: key, right: 'asked' },
    { left: seen, right: 'this' },
  ]
  return { to, on, matchesEmpty: true as const }
}

/** Up to three numbers of the users of a row, each of those that meet a condition of its own. */
export function gather(draw: Draw, growing: Growing, step: number): Growing | undefined {
  const key = growing.columns.find(({ name }) => name === 'id' || name === 'account_id')
  if (!key || growing.columns.length > 30) return undefined
  const zero = { op: 'literal', type: 'number', value: 0 } as const
  let { node, columns } = growing
  for (const name of ['a', 'b', 'c'].slice(0, draw([2, 3, 1])).map((letter) => `${letter}${step}`)) {
    const users = scan('users', step, true)
    const where = drawExpression(draw, users.columns, 'boolean', 1)
    const fn = draw(['count', 'sum', 'avg', 'min', 'max', 'count_distinct'])
    const args = fn === 'count' ? [] : [read('logins')]
    const to: Node = {
      op: 'aggregate',
      step,
      input: draw([true, true, false]) ? { op: 'filter', step, input: users.node, where } : users.node,
      keys: [{ name: 'owner', type: 'number', value: read('account_id') }],
      measures: [{ name, type: 'number', aggregate: { fn, args } }],
    }
    const added = {
      name,
      type: 'number',
      from: name,
      ...(draw([fn.startsWith('count'), fn.startsWith('count'), true, false]) && { orElse: zero }),
    } as const
    node = { op: 'lookup', step, input: node, to, on: [{ left: key.name, right: 'owner' }], columns: [added] }
    columns = [...columns, { name, type: 'number' }]
  }
  return { node, columns, axis: growing.axis }
}

/** Those that have users, or have none, which is told by their number. */
export function having(draw: Draw, growing: Growing, step: number): Growing | undefined {
  const { columns } = growing
  const key = columns.find(({ name }) => name === 'id' || name === 'account_id')
  if (!key || columns.length > 30) return undefined
  const zero = { op: 'literal', type: 'number', value: 0 } as const
  const name = `n${step}`
  const added = { name, type: 'number', from: name, orElse: zero } as const
  const counted: Node = {
    op: 'lookup',
    step,
    input: growing.node,
    ...countUsers(draw, growing, step, key.name),
    columns: [added],
  }
  const compared: Expression = { op: 'call', fn: draw(['greater', 'equals']), args: [read(name), zero] }
  const told: Expression = draw([false, false, true]) ? { op: 'call', fn: 'not', args: [compared] } : compared
  const rest = drawExpression(draw, columns, 'boolean', 1)
  const where: Expression = draw([true, false]) ? told : { op: 'call', fn: 'and', args: [rest, told] }
  const isShown = draw([false, false, true])
  return {
    node: { op: 'filter', step, input: counted, where },
    columns: isShown ? [...columns, { name, type: 'number' }] : columns,
    axis: undefined,
  }
}
