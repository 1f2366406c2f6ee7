export interface Ranks {
  /** 1 for the smallest; equal values share the mean of their places. */
  readonly ranks: Float64Array
  /** Σ (t³ − t) over runs of t equal values: 0 without ties. What variances of rank statistics are corrected by. */
  readonly ties: number
}

/** Mid-ranks of finite values, in O(n log n). */
export function rank(values: Float64Array): Ranks {
  const count = values.length
  const sorted = values.slice().sort()
  const middles = new Float64Array(count)
  let ties = 0
  for (let from = 0; from < count; ) {
    let to = from + 1
    while (to < count && sorted[to] === sorted[from]) to++
    const run = to - from
    ties += run ** 3 - run
    middles[from] = (from + 1 + to) / 2
    from = to
  }
  return { ranks: values.map((value) => middles[findFirst(sorted, value)]!), ties }
}

/** Place of the first of the sorted values that is not below `value`. */
export function findFirst(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
