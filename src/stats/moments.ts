/** The mean, NaN when empty. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  const rough = sum / values.length
  // the second pass takes back what the first one rounded away
  let rest = 0
  for (let i = 0; i < values.length; i++) rest += values[i]! - rough
  return rough + rest / values.length
}

/** Σ (x − center)². */
export function sumSquares(values: ArrayLike<number>, center: number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i]! - center) ** 2
  return sum
}

/** The variance of a sample (divided by n − 1), NaN below two values. */
export const variance = (values: ArrayLike<number>): number =>
  values.length < 2 ? Number.NaN : sumSquares(values, mean(values)) / (values.length - 1)

/** Σ (x − center)^power / n. */
function centralMoment(values: ArrayLike<number>, center: number, power: number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i]! - center) ** power
  return sum / values.length
}

/** The third standardised moment g₁ (divided by n throughout, as SciPy's `skew`); NaN where all values are equal. */
export function skewness(values: ArrayLike<number>): number {
  const center = mean(values)
  return centralMoment(values, center, 3) / centralMoment(values, center, 2) ** 1.5
}

/**
 * The fourth standardised moment b₂ (3 for a normal distribution; SciPy's `kurtosis` plus 3); NaN where all values are
 * equal.
 */
export function kurtosis(values: ArrayLike<number>): number {
  const center = mean(values)
  return centralMoment(values, center, 4) / centralMoment(values, center, 2) ** 2
}
