import { listColumns } from '../emit/columns.ts'
import { mapInputs } from '../emit/map-inputs.ts'
import type { Aggregate, Fill, Measure, Node } from '../plan/plan.ts'
import { findMerging } from './merge-groups.ts'
import { isCount, type Parts, startParts, toColumn, zero } from './parts.ts'
import { restoreColumns } from './restore-columns.ts'
import { isCheap, type Share } from './share.ts'
import { planTrailing } from './trailing.ts'

/** What puts the columns of a measure beside the groups. */
export type Recipe = (groups: Node) => Node

/**
 * `node` with aggregates over its own groups only. What looks beyond a group is worked out from the groups where its parts add up, else
 * grouped apart and looked up.
 */
export function reduceMeasures(node: Node, share: Share): Node {
  const below = mapInputs(node, (input) => reduceMeasures(input, share))
  return below.op === 'aggregate' && below.measures.some(({ per, over }) => per || over)
    ? reduceGroup(below, share)
    : below
}

function reduceGroup(given: Aggregate, share: Share): Node {
  const node = isCheap(given.input) ? given : { ...given, input: share(given.input, 'rows') }
  const parts = startParts(node)
  const trailing = node.measures.filter(({ over }) => over)
  const detailed = node.measures.filter(({ per, over }) => per && !over)
  const isFilled = trailing.length > 0
  const merged = detailed.map((measure) => ({ measure, recipe: mergeGroups(node, measure, parts) }))
  const apart = merged.filter(({ recipe }) => !recipe).map(({ measure }) => measure)
  const recipes = [
    ...merged.flatMap(({ recipe }) => recipe ?? []),
    ...[...Map.groupBy(apart, ({ per = [] }) => per.join('\n')).values()].map(
      (measures): Recipe =>
        (groups) =>
          lookUp(node, groups, measures, isFilled),
    ),
  ]
  const back = planTrailing(node, trailing, parts, share)
  const groups: Node = { ...node, measures: parts.own }
  const filled = isFilled ? fillPeriods(node, groups, parts) : groups
  const start = back.readsGroups ? share(filled, 'periods') : filled
  const done = [...recipes, ...back.recipes].reduce((current, recipe) => recipe(current), start)
  return restoreColumns(done, listColumns(node))
}

/** Rows for the periods in which nothing happened: what lies before them still counts there. */
function fillPeriods({ step, keys, measures }: Aggregate, input: Node, { own }: Parts): Fill {
  const { time, grain } = measures.find(({ over }) => over)!.over!
  const per = keys.map(({ name }) => name).filter((name) => name !== time)
  const columns = own
    .filter(({ aggregate }) => isCount(aggregate))
    .map((measure) => ({ ...toColumn(measure), with: zero }))
  return { op: 'fill', step, input, time, grain, per, columns }
}

/** Merges the groups that share `per`; undefined where they do not suffice. */
function mergeGroups(
  { step }: Aggregate,
  { aggregate, per = [], ...typed }: Measure,
  parts: Parts,
): Recipe | undefined {
  const merging = findMerging(aggregate, typed)
  const names = merging?.steps.map(({ part, column }) => parts.add(part, column))
  const overs = merging?.steps.map(({ fn }, at) => {
    const args = [{ op: 'column', name: names![at]! } as const]
    return { op: 'over', aggregate: { fn, args }, per } as const
  })
  if (!merging || !overs) return undefined
  const columns = [{ ...toColumn(typed), value: merging.combine(overs) }]
  return (input) => ({ op: 'extend', step, input, columns })
}

/** Groups the same rows by `per` alone, and puts what that gives beside the groups. */
function lookUp({ step, input, keys }: Aggregate, groups: Node, measures: readonly Measure[], isFilled: boolean): Node {
  const per = measures[0]?.per ?? []
  const shared = keys.filter(({ name }) => per.includes(name))
  const own = measures.map(({ per: _, ...measure }) => measure)
  return {
    op: 'lookup',
    step,
    input: groups,
    to: { op: 'aggregate', step, input, keys: shared, measures: own },
    on: shared.map(({ name }) => ({ left: name, right: name })),
    matchesEmpty: true,
    columns: own.map((measure) => ({
      ...toColumn(measure),
      from: measure.name,
      ...(isFilled && isCount(measure.aggregate) ? { orElse: zero } : {}),
    })),
  }
}
