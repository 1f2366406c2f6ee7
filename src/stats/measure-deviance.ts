/**
 * x ln(x / mean) + mean − x, without cancellation where the two are close: the deviance part of Poisson and binomial
 * probabilities (`bd0` in Loader 2000). Give the `difference` x − mean where it is known better than from its rounded
 * parts: with counts around 1e9 that saves four digits.
 */
export function measureDeviance(x: number, mean: number, difference: number = x - mean): number {
  if (x === 0) return mean
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

/** ln(1 + x) − x, without cancellation near 0. */
export function logOnePlusLess(x: number): number {
  if (x > 0.5 || x < -0.4) return Math.log1p(x) - x
  const ratio = x / (2 + x)
  const square = ratio * ratio
  let total = 0
  let power = 2
  for (let odd = 3; odd < 200; odd += 2) {
    power *= square
    const next = total + power / odd
    if (next === total) break
    total = next
  }
  return ratio * (total - x)
}

const splitter = 2 ** 27 + 1

/** What rounding took from a · b (Dekker 1971), for products below 1e290. */
function findError(a: number, b: number, product: number): number {
  const [highOfA, highOfB] = [splitter * a - (splitter * a - a), splitter * b - (splitter * b - b)]
  const [lowOfA, lowOfB] = [a - highOfA, b - highOfB]
  return lowOfA * lowOfB - (product - highOfA * highOfB - lowOfA * highOfB - highOfA * lowOfB)
}

/** total − a · b, with the product's rounding taken back. */
export function subtractProduct(total: number, a: number, b: number): number {
  const product = a * b
  return total - product - findError(a, b, product)
}

/** a · b − c · d, with the rounding of both taken back. */
export function subtractProducts(a: number, b: number, c: number, d: number): number {
  const [first, second] = [a * b, c * d]
  return first - second + (findError(a, b, first) - findError(c, d, second))
}
