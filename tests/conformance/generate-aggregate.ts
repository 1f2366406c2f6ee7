import type { Grain } from '../../src/base/periods.ts'
import type { AggregateCall, Column, ColumnType, Expression, Trailing } from '../../src/dsl/plan/plan.ts'
import { type Draw, drawExpression, isLarge } from './generate-expression.ts'
import { type Growing, read, types } from './generate-steps.ts'

/** Those with a result in any row come first: a failing draw shrinks towards them. */
const aggregates = [
  'count',
  'count_distinct',
  'sum',
  'avg',
  'min',
  'max',
  'median',
  'percentile',
  'stddev',
  'variance',
  'first',
  'last',
  'mode',
  'list',
] as const

/** Engines differ in the last digit of these: they are shown, but nothing is ordered by them or computed from them. */
const inexact: ReadonlySet<string> = new Set(['stddev', 'variance', 'percentile'])

function drawAggregate(
  draw: Draw,
  columns: readonly Column[],
): { readonly type: ColumnType; readonly call: AggregateCall } {
  const fn = draw(aggregates)
  const where = draw([false, false, true]) ? { where: drawExpression(draw, columns, 'boolean', 2) } : {}
  const arg = (): readonly [ColumnType, Expression] => {
    const large = columns.filter(({ name }) => isLarge(name))
    if (fn.startsWith('min') && large.length > 0 && draw([false, true])) return ['number', read(draw(large).name)]
    const type = draw(types)
    return [type, drawExpression(draw, columns, type, 1)]
  }
  if (fn === 'count') return { type: 'number', call: { fn, args: draw([[], [arg()[1]]]), ...where } }
  if (fn === 'count_distinct')
    return { type: 'number', call: { fn, args: draw([[arg()[1]], [arg()[1], arg()[1]]]), ...where } }
  if (fn === 'min' || fn === 'max' || fn === 'mode') {
    const [type, value] = arg()
    return { type, call: { fn, args: [value], ...where } }
  }
  if (fn === 'first' || fn === 'last') {
    const [type, value] = arg()
    const order = drawExpression(draw, columns, draw(['timestamp', 'number', 'date', 'text'] as const), 1)
    return { type, call: { fn, args: [value, order], ...where } }
  }
  if (fn === 'list') return { type: 'text', call: { fn, args: [drawExpression(draw, columns, 'text', 1)], ...where } }
  const args = [drawExpression(draw, columns, 'number', 1)]
  if (fn === 'percentile') args.push({ op: 'literal', type: 'number', value: draw([0.9, 0, 0.25, 1, 0.333]) })
  return { type: 'number', call: { fn, args, ...where } }
}

/** How far a measure looks back: whole periods, or days within them. */
const drawStretch = (draw: Draw, time: string, grain: Grain): Trailing => ({
  time,
  grain,
  count: draw([1, 2, 3, 12]),
  unit: draw<Grain>([grain, 'year', 'quarter', 'month', 'week', 'day']),
})

export function aggregate(draw: Draw, { node, columns }: Growing, step: number): Growing {
  const time = draw(['none', 'date', 'timestamp'] as const)
  const grain = time === 'date' ? draw(['day', 'week', 'month', 'quarter', 'year'] as const) : 'hour'
  const keys: (Column & { value: Expression })[] = []
  if (time !== 'none') {
    const argType = time === 'date' ? draw(['date', 'timestamp'] as const) : 'timestamp'
    const arg = drawExpression(draw, columns, argType, 0)
    keys.push({ name: `t${step}`, type: time, value: { op: 'bucket', grain, arg, argType } })
  }
  const others = draw([0, 1, 1, 2])
  for (let at = 0; at < others; at++) {
    const type = draw(['text', 'text', 'boolean', 'number'] as const)
    keys.push({ name: `k${step}_${at}`, type, value: drawExpression(draw, columns, type, 1) })
  }
  const measures = Array.from({ length: draw([1, 2, 3]) }, (_, at) => {
    const { type, call } = drawAggregate(draw, columns)
    const [arg] = call.args
    const isBig = call.fn === 'min' && arg?.op === 'column' && isLarge(arg.name)
    const suffix = isBig ? '_big' : inexact.has(call.fn) ? '_rough_big' : ''
    const per = keys.map(({ name }) => name).filter(() => draw([true, false]))
    const over = time === 'date' && grain !== 'day' ? drawStretch(draw, `t${step}`, grain) : undefined
    const detail = {
      ...(draw([true, true, false]) ? {} : { per }),
      ...(over && draw([false, false, true]) ? { over } : {}),
    }
    return { name: `m${step}_${at}${suffix}`, type, aggregate: call, ...detail }
  })
  const per = keys.map(({ name }) => name).filter((name) => name !== `t${step}`)
  return {
    node: { op: 'aggregate', step, input: node, keys, measures },
    columns: [...keys, ...measures].map(({ name, type }) => ({ name, type })),
    axis: time === 'none' ? undefined : { time: `t${step}`, grain, per },
  }
}
