import type { Leaves } from '../shapes.ts'
import { type FoundCauses, findCauses } from './find-causes.ts'

export type Slice = readonly { readonly field: string; readonly value: string }[]

/** One slice of those that explain a change together. Sums, or ratios where the leaves have weights. */
export interface ExplainedCause {
  /** Empty: the whole. */
  readonly slice: Slice
  /** Part of the whole change that would not be there if this slice had been as expected; NaN where the whole did not change. */
  readonly share: number
  readonly actual: number
  readonly expected: number
}

/** Why leaves are not what was expected. */
export interface ChangeExplanation {
  /** Strongest first; together they are the answer. None where all leaves are as expected. */
  readonly causes: readonly ExplainedCause[]
  /** The next best answers, best first. */
  readonly alternatives: readonly (readonly { readonly slice: Slice }[])[]
}

/**
 * Explains a change by the fewest slices, of one or several fields, that moved by themselves (`find-causes.ts`). For additive measures and, where
 * the leaves have weights, for ratios and means. Says what fits best, not whether it could be chance: that is `root_cause`'s to test.
 */
export function explainChange(leaves: Leaves): ChangeExplanation {
  if (leaves.actual.length === 0) return { causes: [], alternatives: [] }
  const found = findCauses(leaves)
  const slices = found.causes.map((cause) => nameSlice(leaves, found, cause))
  const answer = new Set([slices.map(writeSlice).sort().join()])
  const alternatives = found.rivals.flatMap((rival) => {
    const slice = nameSlice(leaves, found, rival)
    const text = writeSlice(slice)
    if (answer.has(text)) return []
    answer.add(text)
    return [[{ slice }]]
  })
  const causes = found.causes.map((_, place) => ({ slice: slices[place]!, ...measureCause(leaves, found, place) }))
  return { causes, alternatives }
}

const writeSlice = (slice: Slice): string => JSON.stringify(slice.map(({ field, value }) => [field, value]))

export function nameSlice(
  { fields, labels, codes }: Leaves,
  { cuboids }: Pick<FoundCauses, 'cuboids'>,
  { cuboid, element }: { readonly cuboid: number; readonly element: number },
): Slice {
  const { fields: places, elementOf } = cuboids[cuboid]!
  const leaf = elementOf.indexOf(element)
  return places.map((place) => ({ field: fields[place]!, value: labels[place]![codes[place]![leaf]!]! }))
}

/** Totals of the leaves that `isIn` admits. */
function sumLeaves({ actual, expected, weight }: Leaves, isIn: (leaf: number) => boolean) {
  const sums = { actual: 0, expected: 0, weight: 0, weightExpected: 0 }
  for (let leaf = 0; leaf < actual.length; leaf++) {
    if (!isIn(leaf)) continue
    sums.actual += actual[leaf]!
    sums.expected += expected[leaf]!
    sums.weight += weight ? weight.actual[leaf]! : 0
    sums.weightExpected += weight ? weight.expected[leaf]! : 0
  }
  return weight
    ? { actual: sums.actual / sums.weight, expected: sums.expected / sums.weightExpected, weight: sums.weight }
    : sums
}

function measureCause(leaves: Leaves, { causes, cuboids, causeOf, model }: FoundCauses, place: number) {
  const { cuboid, element } = causes[place]!
  const { elementOf } = cuboids[cuboid]!
  const { actual, expected } = sumLeaves(leaves, (leaf) => elementOf[leaf] === element)
  const whole = sumLeaves(leaves, () => true)
  let own = 0
  for (let leaf = 0; leaf < model.count; leaf++)
    if (causeOf[leaf] === place) own += leaves.actual[leaf]! - (leaves.weight ? model : leaves).expected[leaf]!
  const change = leaves.weight ? own / whole.weight : own
  return { share: change / (whole.actual - whole.expected), actual, expected }
}
