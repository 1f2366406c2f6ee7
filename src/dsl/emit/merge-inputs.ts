import type { Aggregate, Extend, Node, Zip } from '../plan.ts'

/** A grouping, and the columns computed from its measures. */
interface Part {
  readonly grouping: Aggregate
  readonly extends: readonly Extend[]
}

function readPart(node: Node): Part | undefined {
  if (node.op === 'aggregate') return { grouping: node, extends: [] }
  if (node.op !== 'extend') return undefined
  const below = readPart(node.input)
  return below && { ...below, extends: [...below.extends, node] }
}

/** Parts that group the same rows by the same keys are one grouping with the measures of all. */
function mergeZip(zip: Zip): Node {
  const groups = new Map<string, Part>()
  for (const input of zip.inputs) {
    const part = readPart(input)
    if (!part) return zip
    const id = JSON.stringify([part.grouping.input, part.grouping.keys])
    const known = groups.get(id)
    groups.set(id, known ? mergeParts(known, part) : part)
  }
  if (groups.size === zip.inputs.length) return zip
  const inputs = [...groups.values()].map(({ grouping, extends: added }) =>
    added.reduce<Node>((input, extend) => ({ ...extend, input }), grouping),
  )
  return inputs.length === 1 ? inputs[0]! : { ...zip, inputs }
}

const mergeParts = (one: Part, other: Part): Part => ({
  grouping: { ...one.grouping, measures: [...one.grouping.measures, ...other.grouping.measures] },
  extends: [...one.extends, ...other.extends],
})

/**
 * `node` with metrics that come from the same rows read once. Only the order of its columns may differ, which what stands above reads by name.
 */
export function mergeInputs(node: Node): Node {
  switch (node.op) {
    case 'scan':
      return node
    case 'zip':
      return mergeZip({ ...node, inputs: node.inputs.map(mergeInputs) })
    case 'lookup':
      return { ...node, input: mergeInputs(node.input), to: mergeInputs(node.to) }
    default:
      return { ...node, input: mergeInputs(node.input) }
  }
}
