import { type Bound, call, conjoin, literal, type ValueType } from '../bind/bound.ts'
import type { AggregateFunction, AggregateParts } from './function.ts'
import type { AggregateName } from './scalar-names.ts'

type Given = Pick<AggregateFunction, 'name' | 'summary' | 'example' | 'describe'> & Partial<AggregateFunction>

/** An aggregate with what most have in common: one value of any type, nothing for no rows. */
export const defineAggregate = (given: Given & Pick<AggregateFunction, 'build'>): AggregateFunction => ({
  kind: 'aggregate',
  signature: `${given.name}(x)`,
  parameters: [{ name: 'x', types: [] }],
  isOrdered: false,
  countsRows: false,
  keepsUnit: false,
  whenNone: undefined,
  ...given,
})

/** An aggregate that the plan knows under the same name. */
export const definePlain = (given: Given & { readonly fn: AggregateName; readonly result?: ValueType }) => {
  const { fn, result, ...rest } = given
  return defineAggregate({
    ...rest,
    build: ({ args, by, where }) => {
      const type = result ?? args[0]?.type ?? 'number'
      return aggregateOf(fn, type, by ? [...args, by] : args, where)
    },
  })
}

/** One aggregate of the plan. */
export const aggregateOf = (
  fn: AggregateName,
  type: ValueType,
  args: readonly Bound[],
  where: Bound | undefined,
): Bound => ({ kind: 'aggregate', type, call: { fn, args, where }, name: fn })

const isThere = (value: Bound): Bound => call('not', 'boolean', call('is_empty', 'boolean', value))

/** The condition of an aggregate that looks only at rows in which all arguments are there. */
export const whereThere = ({ args, where }: Pick<AggregateParts, 'args' | 'where'>): Bound | undefined =>
  conjoin([...args.map(isThere), where])

/** How many rows meet `condition`, and `where`. */
export const countWhere = (condition: Bound | undefined, where: Bound | undefined): Bound =>
  aggregateOf('count', 'number', [], conjoin([condition, where]))

export const zero = literal('number', 0)
export const one = literal('number', 1)
