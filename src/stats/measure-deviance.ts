/**
 * x ln(x / mean) + mean − x, without cancellation where the two are close: the deviance part of Poisson and binomial
 * probabilities (`bd0` in Loader 2000).
 */
export function measureDeviance(x: number, mean: number): number {
  if (x === 0) return mean
  const difference = x - mean
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference
  const ratio = difference / (x + mean)
  const square = ratio * ratio
  let total = difference * ratio
  let power = 2 * x * ratio
  for (let odd = 3; odd < 2000; odd += 2) {
    power *= square
    const next = total + power / odd
    if (next === total) break
    total = next
  }
  return total
}
