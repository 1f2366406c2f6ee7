import type { Grain } from '../../src/base/periods.ts'
import type {
  AggregateCall,
  Column,
  ColumnType,
  Expression,
  Node,
  SortKey,
  WindowCall,
} from '../../src/dsl/plan/plan.ts'
import { fixture } from './fixture.ts'
import { type Draw, drawExpression, isLarge } from './generate-expression.ts'

/** A relation while it grows: its node, its columns, and the time axis it has, if it has one. */
export interface Growing {
  readonly node: Node
  readonly columns: readonly Column[]
  readonly axis: { readonly time: string; readonly grain: Grain; readonly per: readonly string[] } | undefined
}

export const types: readonly ColumnType[] = ['number', 'text', 'boolean', 'date', 'timestamp']
export const read = (name: string): Expression => ({ op: 'column', name })

export function scan(table: string, step: number, hasKey: boolean): Growing {
  const found = fixture.find(({ name }) => name === table)!
  const columns = found.columns.map(({ name, type }) => ({ name, type }))
  const node: Node = {
    op: 'scan',
    step,
    model: table.replace(/s$/, ''),
    source: { table },
    columns: columns.map((column) => ({ ...column, column: column.name })),
    ...(hasKey && { key: ['id'] }),
  }
  return { node, columns, axis: undefined }
}

const usersPerAccount = (step: number): Growing => {
  const { node } = scan('users', step, true)
  return {
    node: {
      op: 'aggregate',
      step,
      input: node,
      keys: [{ name: 'account_id', type: 'number', value: read('account_id') }],
      measures: [
        { name: 'n', type: 'number', aggregate: { fn: 'count', args: [] } },
        { name: 'most', type: 'number', aggregate: { fn: 'max', args: [read('logins')] } },
      ],
    },
    columns: [],
    axis: undefined,
  }
}

/** Columns through a relation: to one, straight or filtered, or of an aggregate of many. */
export function lookup(draw: Draw, { node, columns, axis }: Growing, step: number): Growing | undefined {
  const has = (name: string) => columns.some((column) => column.name === name)
  if (has('account_id') && has('logins') && !has('account.plan')) {
    const to = scan('accounts', step, true).node
    const where = drawExpression(draw, scan('accounts', step, true).columns, 'boolean', 1)
    const filtered: Node = draw([true, false]) ? { op: 'filter', step, input: to, where } : to
    const added: Column[] = [
      { name: 'account.plan', type: 'text' },
      { name: 'account.mrr', type: 'number' },
      { name: 'account.created_at', type: 'timestamp' },
      { name: 'account.big', type: 'number' },
    ]
    return {
      node: {
        op: 'lookup',
        step,
        input: node,
        to: filtered,
        on: [{ left: 'account_id', right: 'id' }],
        columns: added.map((column) => ({ ...column, from: column.name.slice('account.'.length) })),
      },
      columns: [...columns, ...added],
      axis,
    }
  }
  if (!has('seats') || !has('id') || has('n_users')) return undefined
  const zero = { op: 'literal', type: 'number', value: 0 } as const
  return {
    node: {
      op: 'lookup',
      step,
      input: node,
      to: usersPerAccount(step).node,
      on: [{ left: 'id', right: 'account_id' }],
      columns: [
        { name: 'n_users', type: 'number', from: 'n', orElse: zero },
        { name: 'most_logins', type: 'number', from: 'most', ...(draw([true, false]) && { orElse: zero }) },
      ],
    },
    columns: [...columns, { name: 'n_users', type: 'number' }, { name: 'most_logins', type: 'number' }],
    axis,
  }
}

export function extend(draw: Draw, { node, columns, axis }: Growing, step: number): Growing {
  const type = draw(types)
  const name = `x${step}`
  const numbers = columns.filter((column) => column.type === 'number' && !isLarge(column.name))
  const isOver = numbers.length > 0 && draw([false, false, true])
  const over = (): Expression => {
    const fn = draw([
      'sum',
      'count',
      'avg',
      'max',
      'median',
      'count_distinct',
      'stddev',
      'mode',
      'percentile',
      'last',
    ] as const)
    const of = read(draw(numbers).name)
    const more = {
      percentile: [{ op: 'literal', type: 'number', value: 0.9 }],
      last: [read(draw(columns).name)],
    } as const
    const args = [of, ...(fn === 'percentile' || fn === 'last' ? more[fn] : [])]
    const per = columns
      .filter((column) => column.type === 'text')
      .slice(0, draw([0, 1]))
      .map((column) => column.name)
    const value: Expression = { op: 'over', aggregate: { fn, args }, per }
    return draw([true, false]) ? value : { op: 'call', fn: 'divide', args: [read(draw(numbers).name), value] }
  }
  const drawn = isOver ? over() : drawExpression(draw, columns, type, 3)
  // To order by a mere copy is to order by the column itself, which the oracle cannot see.
  const value: Expression = drawn.op === 'column' ? { op: 'call', fn: 'coalesce', args: [drawn, drawn] } : drawn
  const added = { name, type: isOver ? 'number' : type } as const
  return {
    node: { op: 'extend', step, input: node, columns: [{ ...added, value }] },
    columns: [...columns, added],
    axis,
  }
}

export function drawOrder(draw: Draw, columns: readonly Column[], least: number): readonly SortKey[] {
  const exact = columns.filter(({ name }) => !name.includes('_rough'))
  return Array.from({ length: draw([least, least + 1]) }, () => ({
    name: draw(exact.length > 0 ? exact : columns).name,
    descending: draw([true, false]),
  }))
}

/** Some of the columns, the time axis and what it is per always among them. */
export function project(draw: Draw, { node, columns, axis }: Growing, step: number): Growing {
  const kept = columns.filter(
    ({ name }) => name === axis?.time || axis?.per.includes(name) || draw([true, true, false]),
  )
  const chosen = kept.length > 0 ? kept : columns.slice(0, 1)
  return {
    node: { op: 'project', step, input: node, columns: chosen.map((c) => ({ ...c, from: c.name })) },
    columns: chosen,
    axis,
  }
}

export function fill(draw: Draw, growing: Growing, step: number): Growing {
  const { node, columns, axis } = growing
  if (!axis) return growing
  const isHour = axis.grain === 'hour'
  const measures = columns.filter(({ name }) => name !== axis.time && !axis.per.includes(name))
  const filled = measures.flatMap((column) => {
    const zero = { op: 'literal', type: 'number', value: 0 } as const
    const choice = draw(['zero', 'previous', 'none'] as const)
    if (choice === 'none' || (choice === 'zero' && column.type !== 'number')) return []
    return [{ ...column, with: choice === 'zero' ? zero : ('previous' as const) }]
  })
  const bounds = isHour
    ? { from: '2024-10-26T20:00:00Z', to: '2024-10-27T03:00:00Z' }
    : axis.grain === 'month' && draw([true, false])
      ? { from: '2024-02-01', to: '2025-06-01' }
      : {}
  // A day or an hour over years times every combination is no test of anything but patience.
  if (axis.grain === 'day') return growing
  return {
    ...growing,
    node: {
      op: 'fill',
      step,
      input: node,
      time: axis.time,
      grain: axis.grain,
      per: axis.per,
      columns: filled,
      ...bounds,
    },
  }
}

export function shift(draw: Draw, growing: Growing, step: number): Growing {
  const { node, columns, axis } = growing
  if (!axis) return growing
  const others = columns.filter(({ name }) => name !== axis.time)
  if (others.length === 0) return growing
  const of = draw(others)
  const unit: Grain = axis.grain === 'hour' ? 'hour' : draw<Grain>([axis.grain, 'month', 'year'])
  const added = {
    name: `s${step}${of.name.includes('_rough') ? '_rough' : ''}${isLarge(of.name) ? '_big' : ''}`,
    type: of.type,
    of: of.name,
    by: draw([1, 2, -1, 12]),
    unit,
  }
  return {
    node: { op: 'shift', step, input: node, time: axis.time, per: axis.per, columns: [added] },
    columns: [...columns, { name: added.name, type: of.type }],
    axis,
  }
}

const drawWindowCall = (draw: Draw, of: Column, axis: Growing['axis']): WindowCall => {
  const aggregate = (): AggregateCall => ({
    fn: of.type === 'number' && !isLarge(of.name) ? draw(['sum', 'avg', 'min', 'max', 'count']) : 'count',
    args: [read(of.name)],
  })
  const unit =
    axis?.grain === 'hour' ? draw<Grain>(['hour', 'day']) : draw<Grain>([axis?.grain ?? 'day', 'month', 'year'])
  return draw<() => WindowCall>([
    () => ({ fn: draw(['row_number', 'rank', 'dense_rank'] as const) }),
    () => ({ fn: 'ntile', tiles: draw([1, 3, 40]) }),
    () => ({ fn: 'beside', of: of.name, by: draw([1, -1, 2]) }),
    () => ({ fn: 'running', aggregate: aggregate(), ...(draw([true, false]) && { isBefore: true as const }) }),
    ...(axis ? [() => ({ fn: 'moving', aggregate: aggregate(), count: draw([1, 2, 12]), unit }) as const] : []),
  ])()
}

/** Ranks and running sums of any rows; moving averages of those with a time axis, whose order is that axis. */
export function window(draw: Draw, growing: Growing, step: number): Growing {
  const { node, columns, axis } = growing
  const others = columns.filter(({ name }) => name !== axis?.time)
  if (others.length === 0) return growing
  const of = draw(others)
  const call = drawWindowCall(draw, of, axis)
  const isAlong = call.fn === 'moving'
  const per = isAlong
    ? axis!.per
    : columns
        .filter(({ type }) => type === 'text')
        .slice(0, draw([0, 1]))
        .map(({ name }) => name)
  const by = isAlong ? [{ name: axis!.time, descending: false }] : drawOrder(draw, columns, 1)
  const needs = isAlong || draw([true, false]) ? { needs: by[0]!.name } : {}
  const isValue = call.fn === 'moving' || call.fn === 'running'
  const isBig = call.fn === 'beside' && isLarge(of.name)
  const added: Column = { name: `w${step}${isBig ? '_big' : ''}`, type: 'number' }
  const type = call.fn === 'beside' || (isValue && call.aggregate.fn !== 'count') ? of.type : 'number'
  return {
    node: { op: 'window', step, input: node, per, by, ...needs, columns: [{ ...added, type, call }] },
    columns: [...columns, { ...added, type }],
    axis,
  }
}

/** Rows of a year: what makes offsets of a time zone known. */
export function filterRange(draw: Draw, growing: Growing, step: number): Growing {
  const times = growing.columns.filter(({ type }) => type === 'timestamp')
  if (times.length === 0) return growing
  const time = read(draw(times).name)
  const compare = (fn: string, value: string): Expression => ({
    op: 'call',
    fn,
    args: [time, { op: 'literal', type: 'timestamp', value }],
  })
  const from = compare(draw(['greater', 'greater_or_equal']), draw(['2024-03-31T00:30:00Z', '2024-01-01T00:00:00Z']))
  const to = compare(draw(['less', 'less_or_equal']), draw(['2024-10-27T01:00:00Z', '2025-01-01T00:00:00Z']))
  const where: Expression = { op: 'call', fn: 'and', args: [from, to] }
  return { ...growing, node: { op: 'filter', step, input: growing.node, where } }
}
