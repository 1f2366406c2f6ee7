import { unreachable } from '../../base/invariant.ts'
import { type AggregateName, findResult, type ScalarName } from '../functions/scalar-names.ts'
import type { AggregateCall, Column, ColumnType, Expression } from '../plan/plan.ts'

/** The type of a value over `columns`. */
export function findType(expression: Expression, columns: readonly Column[]): ColumnType {
  switch (expression.op) {
    case 'literal':
      return expression.type
    case 'column':
      return columns.find(({ name }) => name === expression.name)?.type ?? 'text'
    case 'call': {
      const result = findResult(expression.fn as ScalarName)
      if (result !== 'first' && result !== 'second') return result
      const [first, second] = expression.args
      const typed = result === 'first' ? first : second
      return typed ? findType(typed, columns) : 'text'
    }
    case 'bucket':
      return expression.grain === 'hour' || expression.grain === 'minute' ? 'timestamp' : 'date'
    case 'moved':
    case 'moved_by':
      return expression.argType
    case 'over':
      return findAggregateType(expression.aggregate, columns)
    default:
      return unreachable(expression)
  }
}

const choosing: ReadonlySet<AggregateName> = new Set(['min', 'max', 'first', 'last', 'mode'])

/** The type of an aggregate over `columns`. */
function findAggregateType({ fn, args }: AggregateCall, columns: readonly Column[]): ColumnType {
  if (fn === 'list') return 'text'
  const [first] = args
  return first && choosing.has(fn as AggregateName) ? findType(first, columns) : 'number'
}
