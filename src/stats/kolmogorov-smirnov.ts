/** Pairs up to which the distribution is counted out. */
const pairsMax = 1_000_000

export interface KolmogorovSmirnov {
  /** The largest distance between the two empirical distributions. */
  readonly statistic: number
  /** Where it is: the share of values ≤ `at` differs most. */
  readonly at: number
  /** Two-sided. */
  readonly pValue: number
  readonly method: 'exact' | 'asymptotic'
}

/**
 * The Kolmogorov–Smirnov test of two samples of finite values: are they from the same distribution? Exact up to a million
 * pairs, ties included (Schröer and Trenkler 1995, counting paths of the pooled order that reach the distance, so that
 * small p-values keep their digits, as `psmirnov` of R does); Smirnov's limit beyond. Values must be independent: one an
 * account. An empty sample gives 1.
 */
export function testKolmogorovSmirnov(first: Float64Array, second: Float64Array): KolmogorovSmirnov {
  const [m, n] = [first.length, second.length]
  if (m === 0 || n === 0) return { statistic: Number.NaN, at: Number.NaN, pValue: 1, method: 'exact' }
  const x = first.slice().sort()
  const y = second.slice().sort()
  // in whole numbers: |i n − j m|
  let farthest = 0
  let at = x[0]!
  for (let i = 0, j = 0; i < m || j < n; ) {
    const value = j >= n || (i < m && x[i]! <= y[j]!) ? x[i]! : y[j]!
    while (i < m && x[i] === value) i++
    while (j < n && y[j] === value) j++
    const distance = Math.abs(i * n - j * m)
    if (distance > farthest) {
      farthest = distance
      at = value
    }
  }
  const statistic = farthest / (m * n)
  if (m * n <= pairsMax) return { statistic, at, pValue: countPaths(x, y, farthest), method: 'exact' }
  return { statistic, at, pValue: kolmogorovTail(statistic * Math.sqrt((m / (m + n)) * n)), method: 'asymptotic' }
}

/**
 * The Kolmogorov–Smirnov test of one sample against a distribution given beforehand (one fitted to the same values needs
 * another: see `testAndersonDarling`). p-value by Kolmogorov's limit with the correction of Stephens (1970), good from
 * about 10 values.
 */
export function testFit(values: Float64Array, lowerTail: (x: number) => number) {
  const count = values.length
  let statistic = 0
  values
    .slice()
    .sort()
    .forEach((value, at) => {
      const share = lowerTail(value)
      statistic = Math.max(statistic, share - at / count, (at + 1) / count - share)
    })
  const root = Math.sqrt(count)
  return { statistic, pValue: count === 0 ? 1 : kolmogorovTail(statistic * (root + 0.12 + 0.11 / root)) }
}

/** The share of orders of the pooled values, as tied as they are, in which the distance reaches `farthest` somewhere. */
function countPaths(x: Float64Array, y: Float64Array, farthest: number): number {
  if (farthest === 0) return 1
  const [m, n] = [x.length, y.length]
  const pooled = new Float64Array(m + n)
  pooled.set(x)
  pooled.set(y, m)
  pooled.sort()
  // between equal values the distance is not looked at
  const isEnd = Uint8Array.from(pooled, (value, at) => Number(at === m + n - 1 || value !== pooled[at + 1]))
  const reached = new Float64Array(n + 1)
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (i + j === 0) continue
      if (isEnd[i + j - 1] === 1 && Math.abs(i * n - j * m) >= farthest) reached[j] = 1
      else reached[j] = (i * (i > 0 ? reached[j]! : 0) + j * (j > 0 ? reached[j - 1]! : 0)) / (i + j)
    }
  }
  return reached[n]!
}

/**
 * P(K ≥ z) of Kolmogorov's limiting distribution; the second series (a theta function's other form) where the first is
 * slow.
 */
export function kolmogorovTail(z: number): number {
  if (!(z > 0)) return 1
  if (z < 1) {
    let sum = 0
    for (let k = 1; k <= 9; k += 2) sum += Math.exp(-(k * k * Math.PI * Math.PI) / (8 * z * z))
    return 1 - (Math.sqrt(2 * Math.PI) / z) * sum
  }
  let sum = 0
  for (let k = 1; k <= 5; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * z * z)
  return sum
}
