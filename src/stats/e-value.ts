/**
 * The E-value of a risk ratio (VanderWeele and Ding 2017): something unseen would have to be at least so many times as frequent among the exposed, and make
 * the outcome so many times as frequent, to explain all of the ratio by itself. 1 where there is nothing to explain; the same of a ratio and its inverse.
 */
export function findEValue(riskRatio: number): number {
  const ratio = riskRatio < 1 ? 1 / riskRatio : riskRatio
  return ratio + Math.sqrt(ratio * (ratio - 1))
}
