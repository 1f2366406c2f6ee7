import type { AggregateName } from '../functions/scalar-names.ts'
import type { AggregateCall, Column, Expression } from '../plan/plan.ts'
import { call } from './parts.ts'

const mergers: Partial<Record<AggregateName, AggregateName>> = { sum: 'sum', count: 'sum', min: 'min', max: 'max' }

/** An aggregate over several groups, as it follows from aggregates of each. */
export interface Merging {
  /** Aggregates of each group, and what makes one of several of them. */
  readonly steps: readonly { readonly part: AggregateCall; readonly fn: AggregateName; readonly column: Column }[]
  readonly combine: (values: readonly Expression[]) => Expression
}

/** How `aggregate` is merged; undefined where what each group gives does not suffice, as for a median. */
export function findMerging(aggregate: AggregateCall, column: Column): Merging | undefined {
  const { name } = column
  if (aggregate.fn === 'avg')
    return {
      steps: (['sum', 'count'] as const).map((fn) => ({
        part: { ...aggregate, fn },
        fn: 'sum',
        column: { name: `${name}_${fn}`, type: 'number' },
      })),
      combine: ([sum, count]) => call('divide', sum!, count!),
    }
  const fn = mergers[aggregate.fn as AggregateName]
  return fn && { steps: [{ part: aggregate, fn, column }], combine: ([value]) => value! }
}
