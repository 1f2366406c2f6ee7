import type { Leaves } from '../shapes.ts'

/** All slices over the same fields. `elementOf[leaf]` is the slice a leaf belongs to, 0 ≤ element < size; only slices with leaves exist. */
export interface Cuboid {
  /** Places in `leaves.fields`, ascending; none is the whole. */
  readonly fields: readonly number[]
  readonly elementOf: Int32Array
  readonly size: number
}

/** Places that all cuboids together may have: 64 MB. */
const placesMax = 16_000_000
/** Entries of a table that finds elements by their codes; beyond it a map does. */
const tableMax = 4_000_000

/** All sets of at most `order` of `count` fields, smaller sets first. */
function listFieldSets(count: number, order: number): readonly (readonly number[])[] {
  const sets: number[][] = [[]]
  for (let from = 0, size = 1; size <= order; size++) {
    const end = sets.length
    for (; from < end; from++) {
      const set = sets[from]!
      for (let field = (set.at(-1) ?? -1) + 1; field < count; field++) sets.push([...set, field])
    }
  }
  return sets
}

/** Number of sets of at most `order` of `count` things. */
function countFieldSets(count: number, order: number): number {
  let all = 1
  for (let size = 1, sets = 1; size <= order; size++) {
    sets = (sets * (count - size + 1)) / size
    all += sets
  }
  return all
}

/** A cuboid with one more field: pairs of element and code, numbered as they come. */
function split({ fields, elementOf, size }: Cuboid, field: number, codes: Int32Array, values: number): Cuboid {
  const next = new Int32Array(codes.length)
  const table = size * values <= tableMax ? new Int32Array(size * values) : new Map<number, number>()
  let count = 0
  for (let leaf = 0; leaf < codes.length; leaf++) {
    const key = elementOf[leaf]! * values + codes[leaf]!
    let known = table instanceof Map ? (table.get(key) ?? 0) : table[key]!
    if (known === 0) {
      known = ++count
      if (table instanceof Map) table.set(key, known)
      else table[key] = known
    }
    next[leaf] = known - 1
  }
  return { fields: [...fields, field], elementOf: next, size: count }
}

/**
 * The cuboids of leaves, the whole first and single fields before pairs. All sets of fields where that fits into memory; otherwise sets of
 * as many fields as fit (single fields always), so that with 13,000 leaves ten fields are searched whole and thirty in pairs.
 */
export function listCuboids({ codes, labels, actual }: Leaves): readonly Cuboid[] {
  const count = actual.length
  let order = codes.length
  while (order > 1 && countFieldSets(codes.length, order) * count > placesMax) order--
  const found = new Map<string, Cuboid>()
  for (const fields of listFieldSets(codes.length, order)) {
    const field = fields.at(-1)
    const parent = field === undefined ? undefined : found.get(fields.slice(0, -1).join())
    found.set(
      fields.join(),
      parent && field !== undefined
        ? split(parent, field, codes[field]!, labels[field]!.length)
        : { fields, elementOf: new Int32Array(count), size: 1 },
    )
  }
  return [...found.values()]
}
