/** P-values nearer to 1 say no more than this one: a single 1 would outweigh all others. */
const pMost = 0.99

/**
 * One p-value from several of tests on the same data, weighted by what each can tell: the Cauchy combination (Liu and Xie 2020). It
 * needs no knowledge of how the tests depend on each other: of equal p-values it gives that one, of independent ones it is near
 * Bonferroni's when one is small. Weights (all equal where left out) need not add up to 1, and must not depend on
 * the p-values.
 */
export function combineDependent(pValues: readonly number[], weights?: readonly number[]): number {
  let [sum, total] = [0, 0]
  pValues.forEach((pValue, at) => {
    const weight = weights?.[at] ?? 1
    sum += weight / Math.tan(Math.PI * Math.min(pMost, pValue))
    total += weight
  })
  const statistic = sum / total
  // far out 1/2 − arctan loses its digits
  const combined = statistic > 1e6 ? 1 / (Math.PI * statistic) : 0.5 - Math.atan(statistic) / Math.PI
  return Math.min(1, Math.max(1e-300, combined))
}
