import fc from 'fast-check'
import type { Column, Expression, Node, Plan } from '../../src/dsl/plan/plan.ts'
import { dslVersion } from '../../src/dsl/tree/ast.ts'
import { aggregate } from './generate-aggregate.ts'
import { readTwice } from './generate-blocks.ts'
import { type Draw, drawExpression, drawFrom } from './generate-expression.ts'
import { below, expand, gather, having, pairWithValues, repeat } from './generate-many.ts'
import {
  drawOrder,
  extend,
  fill,
  filterRange,
  type Growing,
  lookup,
  project,
  read,
  scan,
  shift,
  window,
} from './generate-steps.ts'

function grow(draw: Draw, growing: Growing, step: number): Growing {
  const { node, columns } = growing
  switch (
    draw([
      'filter',
      'extend',
      'aggregate',
      'lookup',
      'fill',
      'shift',
      'window',
      'limit',
      'top',
      'project',
      'range',
      'aggregate',
      'lookup',
      'expand',
      'pair',
      'repeat',
      'having',
      'gather',
    ] as const)
  ) {
    case 'filter':
      return {
        ...growing,
        node: { op: 'filter', step, input: node, where: drawExpression(draw, columns, 'boolean', 3) },
      }
    case 'range':
      return filterRange(draw, growing, step)
    case 'extend':
      return extend(draw, growing, step)
    case 'aggregate':
      return aggregate(draw, growing, step)
    case 'lookup':
      return lookup(draw, growing, step) ?? below(draw, growing, step) ?? extend(draw, growing, step)
    case 'expand':
      return expand(draw, growing, step) ?? extend(draw, growing, step)
    case 'pair':
      return pairWithValues(draw, growing, step) ?? extend(draw, growing, step)
    case 'repeat':
      return repeat(draw, growing, step) ?? extend(draw, growing, step)
    case 'having':
      return having(draw, growing, step) ?? extend(draw, growing, step)
    case 'gather':
      return gather(draw, growing, step) ?? extend(draw, growing, step)
    case 'fill':
      return fill(draw, growing, step)
    case 'shift':
      return shift(draw, growing, step)
    case 'window':
      return window(draw, growing, step)
    case 'limit': {
      const sorted: Node = draw([true, false])
        ? { op: 'sort', step, input: node, by: drawOrder(draw, columns, 1) }
        : node
      return { ...growing, node: { op: 'limit', step, input: sorted, count: draw([3, 10, 30]) } }
    }
    case 'top': {
      const per = columns
        .filter(({ type }) => type === 'text')
        .slice(0, draw([0, 1]))
        .map(({ name }) => name)
      return {
        ...growing,
        node: {
          op: 'top',
          step,
          input: node,
          count: draw([1, 3]),
          by: drawOrder(draw, columns, 1),
          per,
          withTies: draw([true, false]),
        },
      }
    }
    case 'project':
      return project(draw, growing, step)
  }
}

function start(draw: Draw): Growing {
  const table = () => scan(draw(['accounts', 'users']), 0, draw([true, false]))
  if (draw([true, true, true, true, false])) return table()
  const part = (table: string, measure: string, filtered: boolean): Node => {
    const { node } = scan(table, 0, true)
    const time = table === 'users' ? 'joined_at' : 'created_at'
    const since: Expression = { op: 'literal', type: 'timestamp', value: '2024-10-26T23:30:00Z' }
    const where: Expression = { op: 'call', fn: 'greater', args: [read(time), since] }
    return {
      op: 'aggregate',
      step: 0,
      input: filtered ? { op: 'filter', step: 0, input: node, where } : node,
      keys: [
        { name: 'month', type: 'date', value: { op: 'bucket', grain: 'month', arg: read(time), argType: 'timestamp' } },
      ],
      measures: [{ name: measure, type: 'number', aggregate: { fn: 'count', args: [] } }],
    }
  }
  const isSame = draw([true, false])
  const columns: Column[] = ['n_accounts', 'n_users', 'n_more'].map((name) => ({ name, type: 'number' }))
  columns.unshift({ name: 'month', type: 'date' })
  const inputs = [
    part('accounts', 'n_accounts', false),
    part('users', 'n_users', false),
    part('accounts', 'n_more', isSame),
  ]
  return {
    node: { op: 'zip', step: 0, inputs, keys: [{ name: 'month', type: 'date' }] },
    columns,
    axis: { time: 'month', grain: 'month', per: [] },
  }
}

/** Any plan that the compiler could make of steps over the fixture, and many that it never would. */
export const anyPlan: fc.Arbitrary<Plan> = fc.gen().map((gen) => {
  const draw = drawFrom(gen)
  let growing = start(draw)
  const steps = draw([1, 2, 3, 4, 5, 6])
  const blocks: { readonly name: string; readonly node: Node }[] = []
  for (let step = 1; step <= steps; step++) {
    growing = grow(draw, growing, step)
    if (draw([false, false, false, false, false, true])) growing = readTwice(draw, growing, step, blocks)
  }
  const { columns } = project(draw, growing, 0)
  return {
    dsl: dslVersion,
    root: growing.node,
    ...(blocks.length > 0 && { blocks }),
    columns,
    order: drawOrder(draw, columns, 0),
    calendar: {
      timezone: draw(['UTC', 'Europe/Tallinn', 'America/New_York', 'Australia/Sydney']),
      weekStarts: draw([1, 7, 6]),
      fiscalYearStarts: draw([1, 2, 7]),
    },
    steps: Array.from({ length: steps + 1 }, (_, at) => `step ${at}`),
  }
})
