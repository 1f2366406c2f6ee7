import type { Aggregate, Extend, Node, Zip } from '../plan/plan.ts'
import { mapInputs } from './map-inputs.ts'

/** A grouping, and the columns computed from its measures. */
export interface Part {
  readonly grouping: Aggregate
  readonly extends: readonly Extend[]
}

export function readPart(node: Node): Part | undefined {
  if (node.op === 'aggregate') return { grouping: node, extends: [] }
  if (node.op !== 'extend') return undefined
  const below = readPart(node.input)
  return below && { ...below, extends: [...below.extends, node] }
}

export const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Columns of both, or undefined where one name stands for two things. */
function uniteColumns<T extends { readonly name: string }>(
  one: readonly T[],
  other: readonly T[],
): readonly T[] | undefined {
  const added = other.filter(({ name }) => !one.some((column) => column.name === name))
  const isClear = other.every((column) => added.includes(column) || one.some((own) => isEqual(own, column)))
  return isClear ? [...one, ...added] : undefined
}

/** One node that gives the rows of both, with the columns of both; undefined where the rows may differ. */
function unite(one: Node, other: Node): Node | undefined {
  if (isEqual(one, other)) return one
  if (one.op === 'scan' && other.op === 'scan') {
    const columns = isEqual(one.source, other.source) ? uniteColumns(one.columns, other.columns) : undefined
    return columns && { ...one, columns }
  }
  if (one.op === 'filter' && other.op === 'filter') {
    const input = isEqual(one.where, other.where) ? unite(one.input, other.input) : undefined
    return input && { ...one, input }
  }
  if (one.op === 'lookup' && other.op === 'lookup' && isEqual(one.on, other.on)) {
    const input = unite(one.input, other.input)
    const to = unite(one.to, other.to)
    const columns = uniteColumns(one.columns, other.columns)
    return input && to && columns && { ...one, input, to, columns }
  }
  return undefined
}

export function unitePart(one: Part, other: Part): Part | undefined {
  const input = isEqual(one.grouping.keys, other.grouping.keys)
    ? unite(one.grouping.input, other.grouping.input)
    : undefined
  if (!input) return undefined
  const measures = [...one.grouping.measures, ...other.grouping.measures]
  return { grouping: { ...one.grouping, input, measures }, extends: [...one.extends, ...other.extends] }
}

export const writePart = ({ grouping, extends: added }: Part): Node =>
  added.reduce<Node>((input, extend) => ({ ...extend, input }), grouping)

/** Parts that group the same rows by the same keys are one grouping with the measures of all. */
function mergeZip(zip: Zip): Node {
  const parts: Part[] = []
  for (const input of zip.inputs) {
    const part = readPart(input)
    if (!part) return zip
    const at = parts.findIndex((known) => unitePart(known, part) !== undefined)
    const united = parts[at] && unitePart(parts[at], part)
    if (united) parts[at] = united
    else parts.push(part)
  }
  if (parts.length === zip.inputs.length) return zip
  const inputs = parts.map(writePart)
  return inputs.length === 1 ? inputs[0]! : { ...zip, inputs }
}

/**
 * `node` with metrics that come from the same rows read once. Only the order of its columns may differ, and what stands above reads them
 * by name.
 */
export function mergeInputs(node: Node): Node {
  const below = mapInputs(node, mergeInputs)
  return below.op === 'zip' ? mergeZip(below) : below
}
