export interface NoveltyOptions {
  /** Which stretches of the past are compared: how many points earlier they end, rising. */
  readonly lags: Int32Array
  /** Points after which a difference counts 1/e: about the length of the stretches. */
  readonly memory: number
  /** The distance to the how-manieth nearest stretch counts, so that a few earlier accidents do not make a new one usual. */
  readonly nearest: number
}

/**
 * How unlike everything before the latest stretch of a stream is: root mean square distance, in units of the values, to the
 * `nearest`-th most similar of the stretches that end `lags` points earlier. This is the nearest-neighbour distance of the
 * matrix profile (Yeh et al. 2016, computed along diagonals as there) and of KNN-CAD (Burnaev and Ishimtsev 2016), with exponential
 * weights in place of a window, so that one number a lag is all that is kept and nothing is ever subtracted. Values are not
 * standardised: a large excursion is newer than a small one of the same shape. Costs one multiplication a point and lag.
 */
export function measureNovelty(values: Float64Array, { lags, memory, nearest }: NoveltyOptions): Float64Array {
  const novelty = new Float64Array(values.length)
  const distances = new Float64Array(lags.length)
  const closest = new Float64Array(nearest)
  const kept = 1 - 1 / memory
  for (let at = 1; at < values.length; at++) {
    closest.fill(Infinity)
    const value = values[at]!
    for (let k = 0; k < lags.length && lags[k]! <= at; k++) {
      const lag = lags[k]!
      const difference = value - values[at - lag]!
      const distance = distances[k]! * kept + difference * difference
      // numbers too small to be normal ones are slow
      distances[k] = distance < 1e-200 ? 0 : distance
      // a stretch that reaches before the beginning says nothing
      if (distance < closest[nearest - 1]! && lag <= at - memory) insert(closest, distance)
    }
    let last = nearest - 1
    while (last > 0 && closest[last] === Infinity) last--
    if (closest[last]! < Infinity) novelty[at] = Math.sqrt(closest[last]! / memory)
  }
  return novelty
}

/** Puts a number into an ordered list in place of its last. */
function insert(list: Float64Array, value: number): void {
  let place = list.length - 1
  while (place > 0 && list[place - 1]! > value) {
    list[place] = list[place - 1]!
    place--
  }
  list[place] = value
}
