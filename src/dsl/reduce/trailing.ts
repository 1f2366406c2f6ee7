import { isWhole } from '../check/whole-periods.ts'
import type { Aggregate, Extend, Measure, Node, Trailing, Window } from '../plan/plan.ts'
import { findMerging } from './merge-groups.ts'
import { call, isCount, type Parts, read, toColumn, zero } from './parts.ts'
import type { Recipe } from './reduce-group.ts'
import type { Share } from './share.ts'
import { lookBack } from './trailing-apart.ts'
import { countActive, identifyValues, listOccurrences } from './trailing-distinct.ts'

interface Trailings {
  readonly recipes: readonly Recipe[]
  /** Whether the groups are read several times. */
  readonly readsGroups: boolean
}

/** Whether a value that occurs in a period is gone in a period that starts exactly the stretch later; months of days end unevenly. */
const isEven = ({ grain, unit }: Trailing): boolean =>
  isWhole(unit, grain) && (grain !== 'day' || unit === 'day' || unit === 'week')

/**
 * What looks back over a stretch of time. Sums and extremes of periods are merged in a window over the groups, distinct values are counted as
 * they come and go; everything else is joined with the periods that it counts in.
 */
export function planTrailing(node: Aggregate, measures: readonly Measure[], parts: Parts, share: Share): Trailings {
  const moving: Moved[] = []
  const active: Measure[] = []
  const apart: Measure[] = []
  for (const measure of measures) {
    const { aggregate, per } = measure
    const over = measure.over!
    const isOwn = !per || node.keys.every(({ name }) => name === over.time || per.includes(name))
    const moved = isOwn && isWhole(over.unit, over.grain) ? move(measure, parts) : undefined
    if (moved) moving.push(moved)
    else if (isOwn && aggregate.fn === 'count_distinct' && isEven(over)) active.push(measure)
    else apart.push(measure)
  }
  const recipes = [
    ...(moving.length > 0 ? [mergeMoving(node, moving)] : []),
    ...countAllActive(node, active, parts, share),
    ...apart.map(
      (measure): Recipe =>
        (groups) =>
          lookBack(node, measure, groups, parts, share),
    ),
  ]
  return { recipes, readsGroups: apart.length > 0 }
}

/** Those that count the same values over several stretches list them once. */
function countAllActive(node: Aggregate, measures: readonly Measure[], parts: Parts, share: Share): readonly Recipe[] {
  const alike = Map.groupBy(measures, ({ aggregate }) => identifyValues(aggregate))
  return [...alike.values()].flatMap((group) => {
    const occurrences = listOccurrences(node, group[0]!, parts)
    const shared = group.length > 1 ? share(occurrences.node, `${group[0]!.name}_values`) : occurrences.node
    return group.map((measure) => countActive(node, measure, { ...occurrences, node: shared }, parts))
  })
}

interface Moved {
  readonly windows: Window['columns']
  readonly column: Extend['columns'][number]
}

/** A measure as windows over what its groups have, and what it is made of them. */
function move({ aggregate, over, ...typed }: Measure, parts: Parts): Moved | undefined {
  const merging = findMerging(aggregate, typed)
  if (!merging || !over) return undefined
  const { count, unit } = over
  const windows = merging.steps.map(({ part, fn, column }) => ({
    ...toColumn(column),
    name: parts.take(`${column.name}_over`),
    call: { fn: 'moving', aggregate: { fn, args: [read(parts.add(part, column))] }, count, unit } as const,
  }))
  const value = merging.combine(windows.map(({ name }) => read(name)))
  const found = isCount(aggregate) ? call('coalesce', value, zero) : value
  return { windows, column: { ...toColumn(typed), value: found } }
}

function mergeMoving({ step, keys, measures }: Aggregate, moving: readonly Moved[]): Recipe {
  const { time } = measures.find(({ over }) => over)!.over!
  const per = keys.map(({ name }) => name).filter((name) => name !== time)
  return (groups) => {
    const columns = moving.flatMap(({ windows }) => windows)
    const by = [{ name: time, descending: false }]
    const input: Node = { op: 'window', step, input: groups, per, by, needs: time, columns }
    return { op: 'extend', step, input, columns: moving.map(({ column }) => column) }
  }
}
