import type { Node } from '../plan/plan.ts'

/** `node` with each node right below it replaced. */
export function mapInputs(node: Node, map: (input: Node) => Node): Node {
  switch (node.op) {
    case 'scan':
    case 'block':
    case 'values':
      return node
    case 'zip':
    case 'union':
      return { ...node, inputs: node.inputs.map(map) }
    case 'lookup':
    case 'expand':
    case 'match':
      return { ...node, input: map(node.input), to: map(node.to) }
    case 'descend':
      return { ...node, start: map(node.start), edges: map(node.edges) }
    default:
      return { ...node, input: map(node.input) }
  }
}
