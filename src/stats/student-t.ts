import { incompleteBeta } from './beta.ts'
import { logGamma } from './log-gamma.ts'
import { normal } from './normal.ts'

/** P(T ≥ x). Accurate far out: 1e-300 is a number like another. */
function upperTail(x: number, df: number): number {
  if (df === Infinity) return normal.upperTail(x)
  const square = x * x
  const tail = 0.5 * incompleteBeta(df / (df + square), square / (df + square), df / 2, 0.5)
  return x > 0 ? tail : 1 - tail
}

/** The normal quantile of the same upper tail: how far out `x` would be if the spread had been known. */
function toNormal(x: number, df: number): number {
  const tail = upperTail(Math.abs(x), df)
  return tail < 1e-300 ? Math.sign(x) * 37 : Math.sign(x) * -normal.quantile(tail)
}

/**
 * Nearly the same as `toNormal`, without its cost (Wallace 1959, "Bounds on normal approximations to Student's and the chi-square
 * distributions"): off by less than 2% for df ≥ 3 as far out as 1e-12.
 */
function approachNormal(x: number, df: number): number {
  return Math.sign(x) * ((8 * df + 1) / (8 * df + 3)) * Math.sqrt(df * Math.log1p((x * x) / df))
}

/** Student's t distribution, for any df > 0 (infinite: normal), through the incomplete beta function. */
export const studentT = {
  density: (x: number, df: number): number =>
    df === Infinity
      ? normal.density(x)
      : Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2) - ((df + 1) / 2) * Math.log1p((x * x) / df)) /
        Math.sqrt(df * Math.PI),
  lowerTail: (x: number, df: number): number => upperTail(-x, df),
  upperTail,
  toNormal,
  approachNormal,
} as const
