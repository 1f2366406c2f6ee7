/** Seeded random numbers. Every process of the sample has a stream of its own, so that a change in one leaves the others alone. */
export interface Random {
  /** Uniform in 0..1, without 1. */
  readonly next: () => number
  /** Standard normal. */
  readonly normal: () => number
  /** Whole number with the given mean. */
  readonly poisson: (mean: number) => number
  /** Heavy to the right, with median 1; `sigma` is the deviation of its logarithm. */
  readonly logNormal: (sigma: number) => number
  /** Index drawn by cumulative weights (see `accumulate`). */
  readonly pick: (cumulative: Float64Array) => number
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded by a hash of `seed` and the stream's name. */
export function createRandom(seed: number, stream: string): Random {
  let [a, b, c, d] = hashSeed(`${seed}/${stream}`)
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()

  let spare: number | undefined
  const normal = () => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()))
    const angle = 2 * Math.PI * next()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  const poisson = (mean: number) => {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = next(); product > limit; product *= next()) count++
    return count
  }
  return {
    next,
    normal,
    poisson,
    logNormal: (sigma) => Math.exp(sigma * normal()),
    pick: (cumulative) => {
      const at = next() * (cumulative[cumulative.length - 1] ?? 0)
      let index = 0
      while (index < cumulative.length - 1 && at >= (cumulative[index] ?? 0)) index++
      return index
    },
  }
}

export function accumulate(weights: readonly number[]): Float64Array {
  let total = 0
  return Float64Array.from(weights, (weight) => (total += weight))
}

/** Four 32-bit words of a text (xmur3 by bryc, public domain). */
function hashSeed(text: string): [number, number, number, number] {
  let hash = 1779033703 ^ text.length
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 3432918353)
    hash = (hash << 13) | (hash >>> 19)
  }
  const next = () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
    hash ^= hash >>> 16
    return hash | 0
  }
  return [next(), next(), next(), next()]
}
