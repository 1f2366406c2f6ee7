import type { Node } from '../plan/plan.ts'

function mapAll(inputs: readonly Node[], map: (input: Node) => Node): readonly Node[] {
  const mapped = inputs.map(map)
  return mapped.every((input, at) => input === inputs[at]) ? inputs : mapped
}

/** `node` with each node right below it replaced; itself where none was. */
export function mapInputs(node: Node, map: (input: Node) => Node): Node {
  switch (node.op) {
    case 'scan':
    case 'block':
    case 'values':
      return node
    case 'zip':
    case 'union': {
      const inputs = mapAll(node.inputs, map)
      return inputs === node.inputs ? node : { ...node, inputs }
    }
    case 'lookup':
    case 'expand':
    case 'match': {
      const [input, to] = [map(node.input), map(node.to)]
      return input === node.input && to === node.to ? node : { ...node, input, to }
    }
    case 'descend': {
      const [start, edges] = [map(node.start), map(node.edges)]
      return start === node.start && edges === node.edges ? node : { ...node, start, edges }
    }
    default: {
      const input = map(node.input)
      return input === node.input ? node : { ...node, input }
    }
  }
}
