import { findUniqueKey, listColumns } from '../emit/columns.ts'
import { mergeInputs } from '../emit/merge-inputs.ts'
import type { Node, Plan } from '../plan/plan.ts'
import { chooseByJoin } from './choose-by-join.ts'
import { emulateAggregates, type Has } from './emulate-aggregates.ts'
import { matchRows } from './match-rows.ts'
import { mergeLookups } from './merge-lookups.ts'
import { toColumn } from './parts.ts'
import { reduceMeasures } from './reduce-group.ts'
import type { Share } from './share.ts'

export interface ReducedPlan {
  readonly root: Node
  readonly blocks: NonNullable<Plan['blocks']>
}

/** What an engine is good at. */
export interface Abilities {
  readonly has: Has
  /** Whether it finds the first or last row of each group sooner by a join. */
  readonly choosesByJoin: boolean
  /** Whether it finds rows that have others sooner by asking for one than by counting them. */
  readonly asksExistence: boolean
}

/**
 * The same rows from aggregates that an engine has, each over its own group or window. What is read several times becomes a block, before
 * those that read it.
 */
export function reducePlan({ root, blocks = [] }: Plan, { has, choosesByJoin, asksExistence }: Abilities): ReducedPlan {
  const kept: { readonly name: string; readonly node: Node }[] = []
  const taken = new Set(blocks.map(({ name }) => name))
  const share: Share = (node, wanted) => {
    if (node.op === 'block') return node
    let name = wanted
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`
    taken.add(name)
    kept.push({ name, node: emulateAggregates(node, has) })
    const key = findUniqueKey(node)
    return { op: 'block', step: node.step, name, columns: listColumns(node).map(toColumn), ...(key ? { key } : {}) }
  }
  const reduce = (node: Node): Node => {
    const merged = mergeInputs(node)
    const reduced = reduceMeasures(mergeLookups(asksExistence ? matchRows(merged) : merged), share)
    return emulateAggregates(choosesByJoin ? chooseByJoin(reduced, share) : reduced, has)
  }
  for (const { name, node } of blocks) {
    const block = reduce(node)
    kept.push({ name, node: block })
  }
  const reduced = reduce(root)
  return { root: reduced, blocks: kept }
}
