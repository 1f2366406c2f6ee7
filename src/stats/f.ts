import { incompleteBeta } from './beta.ts'

/** P(F ≤ x) or P(F ≥ x), the ratio taken so that nothing overflows. */
function tail(x: number, df1: number, df2: number, isUpper: boolean): number {
  const ratio = (df1 / df2) * Math.max(0, x)
  const [above, below] = [ratio === Infinity ? 1 : ratio / (1 + ratio), 1 / (1 + ratio)]
  const surplus = (0.5 * df1 * (1 - x)) / (1 + ratio)
  return isUpper
    ? incompleteBeta(below, above, df2 / 2, df1 / 2, -surplus)
    : incompleteBeta(above, below, df1 / 2, df2 / 2, surplus)
}

/** Snedecor's F distribution, through the incomplete beta function. */
export const f = {
  /** P(F ≤ x). */
  lowerTail: (x: number, df1: number, df2: number): number => tail(x, df1, df2, false),
  /** P(F ≥ x). */
  upperTail: (x: number, df1: number, df2: number): number => tail(x, df1, df2, true),
} as const
