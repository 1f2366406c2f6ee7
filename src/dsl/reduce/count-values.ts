import { listColumns } from '../emit/columns.ts'
import type { Aggregate, Measure, Node } from '../plan/plan.ts'
import { keep } from './emulations.ts'
import { findMerging } from './merge-groups.ts'
import { call, isCount, isEqual, keyOf, read, startParts, toColumn, zero } from './parts.ts'
import { restoreColumns } from './restore-columns.ts'

const isMode = ({ aggregate }: Measure): boolean => aggregate.fn === 'mode'

/** The one value whose mode is wanted; undefined where there are several, or none. */
function findCounted({ measures }: Aggregate): Measure['aggregate'] | undefined {
  const [mode, ...others] = measures.filter(isMode).map(({ aggregate }) => aggregate)
  return others.every((other) => isEqual(other, mode)) ? mode : undefined
}

/**
 * `node` with its modes worked out from groups that keep the values apart: of a group's values the one that is there most often, the smallest
 * where several are. Undefined where its other measures do not follow from such groups.
 */
export function countValues(node: Aggregate): Node | undefined {
  const { step, keys, measures, input } = node
  const counted = findCounted(node)
  const { take } = startParts(node)
  const merged = measures.flatMap((measure) => {
    const merging = isMode(measure) ? undefined : findMerging(measure.aggregate, toColumn(measure))
    return merging ? { measure, merging, names: merging.steps.map(({ column }) => take(`${column.name}_part`)) } : []
  })
  if (!counted || merged.length < measures.filter((one) => !isMode(one)).length) return undefined

  const { type } = measures.find(isMode)!
  const value = { name: take('value'), type, value: keep(counted.args[0]!, counted.where) }
  const times = { name: take('times'), type: 'number', aggregate: { ...counted, fn: 'count' } } as const
  const parts = merged.flatMap(({ merging, names }) =>
    merging.steps.map(({ part, column }, at) => ({ ...column, name: names[at]!, aggregate: part })),
  )
  const values: Node = { op: 'aggregate', step, input, keys: [...keys, value], measures: [times, ...parts] }

  const most = { fn: 'last', args: [read(value.name), read(times.name)] }
  const modes = measures.filter(isMode).map((mode) => ({ ...mode, aggregate: most }))
  const sums = merged.flatMap(({ merging, names }) =>
    merging.steps.map(({ fn, column }, at) => {
      const name = names[at]!
      return { ...column, name, aggregate: { fn, args: [read(name)] } }
    }),
  )
  const own = keys.map((key) => keyOf(key))
  const groups: Node = { op: 'aggregate', step, input: values, keys: own, measures: [...modes, ...sums] }
  if (merged.length === 0) return groups
  const columns = merged.map(({ measure, merging, names }) => {
    const sum = merging.combine(names.map(read))
    // Without keys there is one row also where nothing was counted.
    const isEmpty = keys.length === 0 && isCount(measure.aggregate)
    return { ...toColumn(measure), value: isEmpty ? call('coalesce', sum, zero) : sum }
  })
  return restoreColumns({ op: 'extend', step, input: groups, columns }, listColumns(node))
}
