/**
 * The quantile of sorted values at a share 0..1, between two of them in proportion (definition 7 of Hyndman and Fan 1996:
 * R's and NumPy's default). NaN when empty.
 */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  const place = Math.max(0, Math.min(1, share)) * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN
  return low === high ? low : low + (high - low) * (place - below)
}
