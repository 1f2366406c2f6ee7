import type { Node, Plan } from '../plan/plan.ts'
import { type Abilities, reducePlan } from '../reduce/reduce-plan.ts'
import { listInputs } from './columns.ts'
import { prune } from './prune.ts'

export interface PrunedPlan {
  readonly root: Node
  /** Blocks that are read, each before those that read it. */
  readonly blocks: NonNullable<Plan['blocks']>
}

/** The columns that `node` reads of each block. */
function collectReads(node: Node, reads: Map<string, Set<string>>): void {
  if (node.op === 'block') {
    const known = reads.get(node.name) ?? new Set()
    for (const { name } of node.columns) known.add(name)
    reads.set(node.name, known)
  }
  for (const input of listInputs(node)) collectReads(input, reads)
}

/**
 * The plan without what nobody reads, and without aggregates that the engine lacks; of a block stays what any of its readers wants.
 * `needed` are the columns that are shown.
 */
export function prunePlan(plan: Plan, needed: ReadonlySet<string>, abilities: Abilities): PrunedPlan {
  const { root, blocks } = reducePlan(plan, abilities)
  const reads = new Map<string, Set<string>>()
  const pruned = prune(root, needed)
  collectReads(pruned, reads)
  const kept: { readonly name: string; readonly node: Node }[] = []
  for (const { name, node } of blocks.toReversed()) {
    const own = reads.get(name)
    if (!own) continue
    const block = prune(node, own)
    collectReads(block, reads)
    kept.unshift({ name, node: block })
  }
  return { root: pruned, blocks: kept }
}
