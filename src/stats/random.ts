/** Seeded random numbers with the distributions that simulations need. */
export interface Random {
  /** 0 ≤ u < 1. */
  readonly uniform: () => number
  readonly integer: (low: number, high: number) => number
  readonly normal: () => number
  readonly exponential: () => number
  readonly gamma: (shape: number) => number
  readonly beta: (a: number, b: number) => number
  readonly poisson: (mean: number) => number
  /** Variance mean + dispersion · mean². */
  readonly negativeBinomial: (mean: number, dispersion: number) => number
  readonly binomial: (trials: number, chance: number) => number
  readonly studentT: (df: number) => number
  /** In place; returns it. */
  readonly shuffle: <T extends { length: number; [at: number]: unknown }>(list: T) => T
}

/** sfc32 (Doty-Humphrey), passes PractRand; the same seed gives the same numbers on every machine. */
function createUniform(seed: number): () => number {
  let a = 0x9e3779b9
  let b = seed | 0
  let c = Math.floor(seed / 2 ** 32) | 0
  let counter = 1
  const next = () => {
    const out = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + out) | 0
    return (out >>> 0) / 2 ** 32
  }
  for (let warm = 0; warm < 20; warm++) next()
  return next
}

/** Means from which a Poisson or binomial draw goes through smaller ones instead of counting up. */
const countingMax = 30

/** Fisher and Yates (1938). */
function shuffle<T extends { length: number; [at: number]: unknown }>(list: T, uniform: () => number): T {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(uniform() * (at + 1))
    const held = list[at]
    list[at] = list[other]
    list[other] = held
  }
  return list
}

/** Draws of counts, from continuous ones where counting up would take long. */
function createCounts({ uniform, gamma, beta }: Pick<Random, 'uniform' | 'gamma' | 'beta'>) {
  /** Exact at every mean: large ones are cut at a gamma-distributed arrival (Ahrens and Dieter 1974). */
  function poisson(mean: number): number {
    if (mean > countingMax) {
      const arrivals = Math.floor(mean * 0.875)
      const at = gamma(arrivals)
      return at > mean ? binomial(arrivals - 1, mean / at) : arrivals + poisson(mean - at)
    }
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = uniform(); product > limit; product *= uniform()) count++
    return count
  }

  /** Exact: large ones are cut at a beta-distributed order statistic (Relles 1972). */
  function binomial(trials: number, chance: number): number {
    let left = trials
    let share = chance
    let count = 0
    while (left > countingMax) {
      const rank = 1 + Math.floor(left / 2)
      const at = beta(rank, left + 1 - rank)
      if (at >= share) {
        left = rank - 1
        share /= at
      } else {
        count += rank
        left -= rank
        share = (share - at) / (1 - at)
      }
    }
    for (let trial = 0; trial < left; trial++) if (uniform() < share) count++
    return count
  }
  return { poisson, binomial }
}

export function createRandom(seed: number): Random {
  const uniform = createUniform(seed)
  const positive = () => 1 - uniform()
  const normal = () => Math.sqrt(-2 * Math.log(positive())) * Math.cos(2 * Math.PI * uniform())
  const exponential = () => -Math.log(positive())

  /** Marsaglia and Tsang (2000); shapes below 1 by their power trick. */
  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * positive() ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(positive()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }
  const beta = (a: number, b: number) => {
    const x = gamma(a)
    return x / (x + gamma(b))
  }

  const { poisson, binomial } = createCounts({ uniform, gamma, beta })

  return {
    uniform,
    integer: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    normal,
    exponential,
    gamma,
    beta,
    poisson,
    negativeBinomial: (mean, dispersion) => poisson(dispersion > 0 ? mean * gamma(1 / dispersion) * dispersion : mean),
    binomial,
    studentT: (df) => normal() / Math.sqrt((2 * gamma(df / 2)) / df),
    shuffle: (list) => shuffle(list, uniform),
  }
}
