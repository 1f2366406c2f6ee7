const pairs = (count: number): number => (count * (count - 1)) / 2

const countBy = (labels: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

const sumPairs = (labels: readonly string[]): number =>
  [...countBy(labels).values()].reduce((sum, count) => sum + pairs(count), 0)

/**
 * How well two groupings of the same things agree, beyond chance: 1 when they are the same, about 0 when one says nothing of the other
 * (Hubert and Arabie 1985). `first[i]` and `second[i]` name the groups of thing i. 1 where both put all into one group, or each thing alone.
 */
export function adjustRandIndex(first: readonly string[], second: readonly string[]): number {
  const both = sumPairs(first.map((label, at) => JSON.stringify([label, second[at]])))
  const [a, b] = [sumPairs(first), sumPairs(second)]
  const expected = (a * b) / Math.max(1, pairs(first.length))
  const most = (a + b) / 2
  return most === expected ? 1 : (both - expected) / (most - expected)
}
