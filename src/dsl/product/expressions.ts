import type { Day, Grain } from '../../base/periods.ts'
import type { ScalarName } from '../functions/scalar-names.ts'
import type { AggregateCall, ColumnType, Expression, Literal } from '../plan/plan.ts'

/** Short hands for expressions of the plan, for steps that are lowered to many nodes. */
export const read = (name: string): Expression => ({ op: 'column', name })

export const apply = (fn: ScalarName, ...args: readonly Expression[]): Expression => ({ op: 'call', fn, args })

export const write = (type: ColumnType, value: Literal['value']): Literal => ({ op: 'literal', type, value })

/** A whole number of the step's own making. */
export const number = (value: number): Literal => ({ op: 'literal', type: 'number', value, isOwn: true })

export const isPresent = (value: Expression): Expression => apply('not', apply('is_empty', value))

export const aggregate = (fn: AggregateCall['fn'], arg?: Expression, where?: Expression): AggregateCall => ({
  fn,
  args: arg ? [arg] : [],
  ...(where ? { where } : {}),
})

/** One condition, or all of several. */
export const all = (...conditions: readonly (Expression | undefined)[]): Expression => {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length === 1 ? given[0]! : apply('and', ...given)
}

/** The first of `cases` whose condition holds; empty where none does. */
export const choose = (
  type: ColumnType,
  cases: readonly (readonly [condition: Expression, value: Expression])[],
  otherwise: Literal = write(type, null),
): Expression => apply('when', ...cases.flat(), otherwise)

/** How many periods of `unit` lie from one to another, both given by their first days. */
export function countPeriods(unit: Grain, from: Expression, to: Expression): Expression {
  if (unit === 'day') return apply('days_between', from, to)
  if (unit === 'week') return apply('divide', apply('days_between', from, to), number(7))
  const months = apply('months_between', from, to)
  return unit === 'month' ? months : apply('divide', months, number(unit === 'quarter' ? 3 : 12))
}

/** The first day of the period that a time lies in. */
export const startOf = (grain: Grain, arg: Expression, argType: ColumnType): Expression => ({
  op: 'bucket',
  grain,
  arg,
  argType: argType === 'date' ? 'date' : 'timestamp',
})

export const day = (value: Day): Literal => write('date', value)
