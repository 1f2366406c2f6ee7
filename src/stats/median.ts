/** Moves the k-th smallest of `values[0..count)` to place k, smaller ones before it (Hoare's quickselect, in place). */
export function selectInPlace(values: Float64Array, count: number, k: number): number {
  let low = 0
  let high = count - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]!
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i <= j) {
        const held = values[i]!
        values[i++] = values[j]!
        values[j--] = held
      }
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k]!
}

/** The median of `values[0..count)`, which it reorders; the mean of the middle two when even; NaN when empty. No NaN among them. */
export function medianInPlace(values: Float64Array, count: number = values.length): number {
  if (count === 0) return Number.NaN
  const middle = count >> 1
  const upper = selectInPlace(values, count, middle)
  if (count % 2 === 1) return upper
  let lower = -Infinity
  for (let i = 0; i < middle; i++) if (values[i]! > lower) lower = values[i]!
  return (lower + upper) / 2
}

/** The median of finite values, leaving them as they are. */
export const median = (values: Float64Array): number => medianInPlace(values.slice())
