import { invariant, unreachable } from '../../base/invariant.ts'
import type { Bound, BoundAggregate, BoundColumn, Related } from '../bind/bound.ts'
import type { ScanUse } from '../check/rows.ts'
import type { Builder, Place } from './builder.ts'
import { lowerPrevious, lowerTotal, lowerWindow } from './lower-across.ts'
import { lowerLiteral, toColumn } from './lower-literal.ts'
import { relateRows } from './lower-related.ts'
import { joinRows, lowerRead } from './lower-rows.ts'
import { lowerUnder } from './lower-under.ts'
import type { AggregateCall, Expression, Node } from './plan.ts'

export { type Builder, startBuilder } from './builder.ts'
export { knownType, toColumn } from './lower-literal.ts'

/** What `bound` is in the plan; joins, shifts and pre-aggregated look-ups that it needs are put below. */
export function lowerExpression(bound: Bound, builder: Builder): Expression {
  switch (bound.kind) {
    case 'literal':
      return lowerLiteral(bound.type, bound.value)
    case 'column':
      return lowerColumn(bound, builder)
    case 'call':
      return { op: 'call', fn: bound.fn, args: bound.args.map((arg) => lowerExpression(arg, builder)) }
    case 'bucket':
      return {
        op: 'bucket',
        grain: bound.grain,
        arg: lowerExpression(bound.arg, builder),
        argType: bound.arg.type === 'date' ? 'date' : 'timestamp',
      }
    case 'moved':
      return {
        op: 'moved',
        arg: lowerExpression(bound.arg, builder),
        argType: bound.arg.type === 'date' ? 'date' : 'timestamp',
        count: bound.count,
        grain: bound.grain,
      }
    case 'moved_by':
      return {
        op: 'moved_by',
        arg: lowerExpression(bound.arg, builder),
        argType: bound.arg.type === 'date' ? 'date' : 'timestamp',
        by: lowerExpression(bound.by, builder),
        unit: bound.grain,
      }
    case 'related':
      return { op: 'column', name: lowerRelated(bound, bound.related, builder, builder.names.take(bound.related.name)) }
    case 'under':
      return lowerUnder(bound.under, builder, lowering)
    case 'previous':
      return lowerPrevious(bound, builder, lowering)
    case 'total':
      return lowerTotal(bound, builder, lowering)
    case 'window':
      return lowerWindow(bound, builder, lowering)
    case 'aggregate':
      invariant(false, 'an aggregate of a group is planned by its step')
      break
    default:
      return unreachable(bound)
  }
}

function lowerColumn(bound: BoundColumn, builder: Builder): Expression {
  if (bound.rows) joinRows(bound.rows, builder, lowering)
  return { op: 'column', name: bound.name }
}

/** Gives the value a column of its own, named `name`, and returns the name; a column that is there already keeps its name. */
export function materialise(bound: Bound, builder: Builder, wanted: string): string {
  const value = lowerExpression(bound, builder)
  if (value.op === 'column') return value.name
  const name = builder.names.take(wanted)
  builder.push((input, step) => ({ op: 'extend', step, input, columns: [{ ...toColumn(name, bound), value }] }))
  return name
}

/** One value a row from the rows of a to-many relation, as a column of this name. */
export const lowerRelated = (bound: Bound, related: Related, builder: Builder, name: string): string =>
  relateRows(bound, related, builder, name, lowering)

export function lowerAggregate(call: BoundAggregate, builder: Builder): AggregateCall {
  const args = call.args.map((arg) => lowerExpression(arg, builder))
  return { fn: call.fn, args, ...(call.where ? { where: lowerExpression(call.where, builder) } : {}) }
}

/** What the lowering of a part of an expression asks of the whole. */
export interface Lowering {
  readonly materialise: typeof materialise
  readonly lowerAggregate: typeof lowerAggregate
  readonly toColumn: typeof toColumn
  readonly lowerExpression: typeof lowerExpression
}

export const lowering: Lowering = { materialise, lowerAggregate, toColumn, lowerExpression }

/** A read of a model with what its policies let through. */
export const lowerScan = (scan: ScanUse, builder: Place): Node => lowerRead(scan, builder, lowering)
