import { findUniqueKey, listColumns } from '../emit/columns.ts'
import { type Builder, moveToStep, type Place, startBuilder } from '../plan/builder.ts'
import type { BlockRead, Node } from '../plan/plan.ts'
import type { CheckedStep } from '../steps/step.ts'
import type { Relation } from './relation.ts'

/** A block on the plan. */
export interface PlannedBlock {
  readonly node: Node
  /** Relations whose rows it has joined already. */
  readonly joined: ReadonlySet<string>
}

/** A block after checking, for later ones to read. */
export interface CheckedBlock {
  readonly name: string
  /** Its rows. */
  readonly after: Relation
  readonly steps: readonly CheckedStep[]
  readonly plan: () => PlannedBlock
}

interface BlockInput {
  readonly name: string
  readonly after: Relation
  readonly steps: readonly CheckedStep[]
  /** Where its steps begin. */
  readonly place: Place
}

/** What stands below the first step, which replaces it. */
export const nowhere: Node = { op: 'zip', step: 0, inputs: [], keys: [] }

/** Steps one after the other on a plan. */
export function lowerSteps(steps: readonly CheckedStep[], place: Place): Builder {
  const { step: first } = place
  const builder = startBuilder(nowhere, place)
  for (const [at, step] of steps.entries()) step.lower(moveToStep(builder, first + at))
  return builder
}

/** A block that is planned when it is first read, once everything has been checked: then all that is read of it is known. */
export function createCheckedBlock({ place, ...block }: BlockInput): CheckedBlock {
  let planned: PlannedBlock | undefined
  return {
    ...block,
    plan: () => {
      if (planned) return planned
      const builder = lowerSteps(block.steps, place)
      planned = { node: builder.node(), joined: builder.joined }
      place.blocks.push({ name: block.name, node: planned.node })
      return planned
    },
  }
}

/** The node that reads a block. */
export function readBlock({ name, plan }: CheckedBlock, step: number): BlockRead {
  const { node } = plan()
  const key = findUniqueKey(node)
  return { op: 'block', step, name, columns: listColumns(node), ...(key ? { key } : {}) }
}
