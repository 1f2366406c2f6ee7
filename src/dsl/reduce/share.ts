import type { Node } from '../plan/plan.ts'

/** Makes a node something that may be read several times, and worked out once. `wanted` is what its rows are called. */
export type Share = (node: Node, wanted: string) => Node

/** Whether reading a node again costs little more than reading its table again. */
export function isCheap(node: Node): boolean {
  switch (node.op) {
    case 'scan':
    case 'block':
    case 'values':
      return true
    case 'filter':
    case 'project':
    case 'extend':
      return isCheap(node.input)
    case 'lookup':
      return isCheap(node.input) && isCheap(node.to)
    default:
      return false
  }
}
