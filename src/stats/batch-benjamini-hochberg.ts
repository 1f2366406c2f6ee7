/** What one batch leaves for those after it. */
export interface PastBatch {
  /** The level it was tested at. */
  readonly level: number
  readonly discoveries: number
  /** Discoveries it would have had at most, had one of its p-values been 0. */
  readonly discoveriesMax: number
}

export interface TestedBatch extends PastBatch {
  /** Places of the p-values that are discoveries, in order. */
  readonly found: readonly number[]
}

/** How the rate is shared out over batches for ever: 1 / t^1.6, which sums to 1. */
const shareOf = (batch: number): number => 0.4374901658 / batch ** 1.6

/** How many of the sorted p-values the step-up procedure calls at `level`. */
function countDiscoveries(sorted: Float64Array, level: number): number {
  let count = sorted.length
  while (count > 0 && sorted[count - 1]! > (count / sorted.length) * level) count--
  return count
}

/**
 * Tests one more batch so that over all batches ever the expected share of false discoveries stays at most `rate` (BatchBH,
 * Zrnic, Jiang, Ramdas and Jordan 2020, algorithm 1): Benjamini and Hochberg's procedure at a level that discoveries earn
 * and batches without any use up. One procedure a cycle forgets what earlier cycles claimed; this one does not. For tests
 * that are independent, in batches and between them. `past` are the batches before, oldest first.
 */
export function testBatch(pValues: Float64Array, past: readonly PastBatch[], rate: number): TestedBatch {
  const count = pValues.length
  const before = past.reduce((sum, { discoveries }) => sum + discoveries, 0)
  let allowed = 0
  for (let batch = 1; batch <= past.length + 1; batch++) allowed += rate * shareOf(batch)
  const spent = past.reduce(
    (sum, batch) =>
      sum + (batch.level * batch.discoveriesMax) / Math.max(1, batch.discoveriesMax + before - batch.discoveries),
    0,
  )
  if (count === 0) return { level: 0, discoveries: 0, discoveriesMax: 0, found: [] }
  const level = Math.max(0, ((allowed - spent) * (count + before)) / count)
  const sorted = pValues.slice().sort()
  const discoveries = countDiscoveries(sorted, level)
  const least = discoveries === 0 ? -1 : sorted[discoveries - 1]!
  const found = Array.from(pValues.keys()).filter((at) => pValues[at]! <= least)
  // turning the largest p-value into 0 gains most
  const favoured = sorted.slice()
  favoured.copyWithin(1, 0, count - 1)
  favoured[0] = 0
  return { level, discoveries: found.length, discoveriesMax: countDiscoveries(favoured, level), found }
}
