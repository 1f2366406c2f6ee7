import type { Under } from '../bind/bound.ts'
import { findUniqueKey, listColumns } from '../emit/columns.ts'
import type { NameBook } from './name-book.ts'
import type { Node, Plan } from './plan.ts'

type PlanBlock = NonNullable<Plan['blocks']>[number]

/** What all parts of a plan under construction share. */
export interface Place {
  readonly step: number
  readonly names: NameBook
  /** Blocks so far, each before those that read it. */
  readonly blocks: PlanBlock[]
}

/** A plan under construction: the node so far, what was joined to it, and what was looked up for it. */
export interface Builder extends Place {
  readonly node: () => Node
  readonly push: (wrap: (input: Node, step: number) => Node) => void
  readonly joined: Set<string>
  /** Trees that were followed, and the column that says what is below. */
  readonly followed: Map<Under, string>
}

export function startBuilder(node: Node, { step, names, blocks }: Place): Builder {
  let current = node
  return {
    node: () => current,
    push: (wrap) => {
      current = wrap(current, step)
    },
    names,
    step,
    blocks,
    joined: new Set(),
    followed: new Map(),
  }
}

/** The same plan, gone on with for another step. */
export const moveToStep = (builder: Builder, step: number): Builder => ({
  ...builder,
  step,
  push: (wrap) => builder.push((input) => wrap(input, step)),
})

/** A table with its filters and what is looked up in other tables: cheaper to read again than to keep. */
function isPlain(node: Node): boolean {
  switch (node.op) {
    case 'scan':
    case 'block':
      return true
    case 'filter':
    case 'project':
      return isPlain(node.input)
    case 'lookup':
      return isPlain(node.input) && isPlain(node.to)
    default:
      return false
  }
}

/** The rows so far, for a step that reads them twice: what took work is worked out once, under a name of its own. */
export function shareRows(builder: Builder, wanted: string): Node {
  const node = builder.node()
  if (isPlain(node)) return node
  const name = builder.names.take(wanted)
  builder.blocks.push({ name, node })
  const key = findUniqueKey(node)
  builder.push((_input, step) => ({ op: 'block', step, name, columns: listColumns(node), ...(key ? { key } : {}) }))
  return builder.node()
}
