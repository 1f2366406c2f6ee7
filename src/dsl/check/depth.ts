import { unreachable } from '../../base/invariant.ts'
import type { Bound, BoundAggregate } from '../bind/bound.ts'

/**
 * How many of a relation's `repeats` a value has seen: it is one per row only when it has seen all. A value of several columns is as deep
 * as the deepest; undefined where it reads none.
 */
export function findDepth(bound: Bound): number | undefined {
  switch (bound.kind) {
    case 'literal':
      return undefined
    case 'column':
      return bound.rows?.depth ?? bound.depth ?? 0
    case 'call':
      return deepest(bound.args)
    case 'bucket':
    case 'moved':
      return findDepth(bound.arg)
    case 'moved_by':
      return deepest([bound.arg, bound.by])
    case 'related':
      return deepest([...bound.related.outer, ...bound.related.seen.map(({ value }) => value)])
    case 'under':
      return deepest(bound.under.outer)
    case 'previous':
      return findDepth(bound.of)
    case 'window': {
      const { call, per, by } = bound.window
      return deepest([
        ...('aggregate' in call ? listReads(call.aggregate) : []),
        ...per,
        ...by.map(({ value }) => value),
      ])
    }
    case 'aggregate':
    case 'total':
      return deepest(listReads(bound.call))
    default:
      return unreachable(bound)
  }
}

const listReads = ({ args, where }: BoundAggregate): readonly Bound[] => (where ? [...args, where] : args)

export function deepest(values: readonly Bound[]): number | undefined {
  const depths = values.map(findDepth).filter((depth) => depth !== undefined)
  return depths.length > 0 ? Math.max(...depths) : undefined
}
