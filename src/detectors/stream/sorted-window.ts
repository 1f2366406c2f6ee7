/** The last `capacity` numbers, in order of size. */
export interface SortedWindow {
  readonly add: (value: number) => void
  readonly count: () => number
  readonly countAtLeast: (value: number) => number
  /** The k-th smallest, from 0 on. */
  readonly pick: (k: number) => number
}

/** A window in order: finding a place costs the logarithm of its size, moving its members one copy within a typed array. */
export function createSortedWindow(capacity: number): SortedWindow {
  const sorted = new Float64Array(capacity)
  const arrivals = new Float64Array(capacity)
  let [count, arrived] = [0, 0]
  const findPlace = (value: number): number => {
    let [low, high] = [0, count]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    count: () => count,
    countAtLeast: (value) => count - findPlace(value),
    pick: (k) => sorted[k]!,
    add: (value) => {
      const slot = arrived++ % capacity
      if (count === capacity) {
        const gone = findPlace(arrivals[slot]!)
        sorted.copyWithin(gone, gone + 1, count)
        count--
      }
      const place = findPlace(value)
      sorted.copyWithin(place + 1, place, count)
      sorted[place] = value
      arrivals[slot] = value
      count++
    },
  }
}
