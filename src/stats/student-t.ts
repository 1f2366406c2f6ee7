import { incompleteBeta } from './beta.ts'
import { logGamma, stirlingError } from './log-gamma.ts'
import { measureDeviance } from './measure-deviance.ts'
import { normal } from './normal.ts'

/** P(T ≥ x). Accurate far out: 1e-300 is a number like another. */
function upperTail(x: number, df: number): number {
  if (df === Infinity) return normal.upperTail(x)
  const square = x * x
  const tail =
    square / df > 1e300
      ? tailByPower(Math.abs(x), df)
      : 0.5 *
        incompleteBeta(
          df / (df + square),
          square / (df + square),
          df / 2,
          0.5,
          (0.5 * df * (square - 1)) / (df + square),
        )
  return x > 0 ? tail : 1 - tail
}

/** So far out that the square would overflow: df^(df/2) x^(−df) Γ((df + 1) / 2) / (2 √π Γ(df / 2 + 1)). */
function tailByPower(x: number, df: number): number {
  const exponent = df * (Math.log(df) / 2 - Math.log(x)) + logGamma((df + 1) / 2) - logGamma(df / 2 + 1)
  return Math.exp(exponent) / (2 * Math.sqrt(Math.PI))
}

/** Loader's form (`dt` in R): the ratio of gamma functions by what Stirling's formula lacks. */
function density(x: number, df: number): number {
  if (df === Infinity) return normal.density(x)
  const ratio = stirlingError((df + 1) / 2) - stirlingError(df / 2) - measureDeviance(df / 2, (df + 1) / 2)
  const square = (x / df) * x
  const spread = square < 1e300 ? Math.log1p(square) : 2 * Math.log(Math.abs(x)) - Math.log(df)
  return Math.exp(ratio - ((df + 1) / 2) * spread) / Math.sqrt(2 * Math.PI)
}

/**
 * The x with P(T ≤ x) = probability. Newton's steps on the logarithm of the tail over that of x, of which it is a concave
 * function: after the first one, which may lead far right and is held back, they come down on the root from the right.
 */
function quantile(probability: number, df: number): number {
  const tail = Math.min(probability, 1 - probability)
  if (tail === 0.5) return 0
  const sign = probability < 0.5 ? -1 : 1
  if (!(tail > 0)) return sign * Infinity
  const score = -normal.quantile(tail)
  if (df === Infinity) return sign * score
  // Wallace's approximation the other way round, see `approachNormal`
  let x = Math.sqrt(df * Math.expm1(Math.min(690, ((score * (8 * df + 3)) / (8 * df + 1)) ** 2 / df)))
  for (let round = 0; round < 100; round++) {
    const here = upperTail(x, df)
    const step = Math.min(2, (here * Math.log(here / tail)) / (density(x, df) * x))
    x *= Math.exp(step)
    if (Math.abs(step) < 1e-14) break
  }
  return sign * x
}

/** The normal quantile of the same upper tail: how far out `x` would be if the spread had been known. */
function toNormal(x: number, df: number): number {
  const tail = upperTail(Math.abs(x), df)
  return tail < 1e-300 ? Math.sign(x) * 37 : Math.sign(x) * -normal.quantile(tail)
}

/**
 * Nearly the same as `toNormal`, without its cost (Wallace 1959, "Bounds on normal approximations to Student's and the
 * chi-square distributions"): off by less than 2% for df ≥ 3 as far out as 1e-12.
 */
function approachNormal(x: number, df: number): number {
  return Math.sign(x) * ((8 * df + 1) / (8 * df + 3)) * Math.sqrt(df * Math.log1p((x * x) / df))
}

/** Student's t distribution, for any df > 0 (infinite: normal), through the incomplete beta function. */
export const studentT = {
  density,
  lowerTail: (x: number, df: number): number => upperTail(-x, df),
  upperTail,
  quantile,
  toNormal,
  approachNormal,
} as const
