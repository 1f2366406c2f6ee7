/** Sums of counts cannot fall further than to nothing, which is here for a Poisson sum; the gamma distribution ends at 0. */
const baseMin = 0.5

/**
 * Normal score of a standardised value from a skewed distribution, by the cube root of a gamma variable (Wilson and Hilferty 1931). On the
 * short side the correction stops where a Poisson sum would be 0, so that a skewness taken too large cannot make a tail too
 * small.
 */
export function straighten(value: number, skewness: number): number {
  if (Math.abs(skewness) < 1e-3) return value
  const base = 1 + (skewness * value) / 2
  if (base >= baseMin) return (6 / skewness) * (Math.cbrt(base) - 1) + skewness / 6
  // the skewness at which the base is the least one: −1 / value
  return -6 * value * (Math.cbrt(baseMin) - 1) - 1 / (6 * value)
}
