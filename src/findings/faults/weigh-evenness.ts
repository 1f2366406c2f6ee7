import { chiSquare } from '../../stats/chi-square.ts'
import type { LogRatio } from '../explain/measure-movement.ts'

/** Several ratios as one, and how far they are from being one. */
export interface Evenness {
  /** Mean of the logarithms, weighted by their certainty, and its standard error. */
  readonly log: number
  readonly error: number
  /** Cochran's Q: their distances from the mean in standard errors, squared and added up; `df` degrees of freedom. */
  readonly q: number
  readonly df: number
  /** By how much Q exceeds `df` for each unit of the variance between them. */
  readonly scale: number
}

/** As in a meta-analysis with fixed effects (Cochran 1954). */
export function weighEvenness(ratios: readonly LogRatio[]): Evenness {
  const weights = ratios.map(({ error }) => 1 / error ** 2)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const squares = weights.reduce((total, weight) => total + weight ** 2, 0)
  const log = ratios.reduce((total, one, at) => total + weights[at]! * one.log, 0) / sum
  const q = ratios.reduce((total, one, at) => total + weights[at]! * (one.log - log) ** 2, 0)
  return { log, error: 1 / Math.sqrt(sum), q, df: Math.max(0, ratios.length - 1), scale: sum - squares / sum }
}

/**
 * Whether groups of ratios are even within each: not further apart than chance leaves them at `pMin`, and what differs between them beyond chance (standard
 * deviation by DerSimonian and Laird 1986) at most `spreadMax`.
 */
export function areEven(groups: readonly Evenness[], pMin: number, spreadMax: number): boolean {
  const sum = (read: (one: Evenness) => number) => groups.reduce((total, one) => total + read(one), 0)
  const [q, df, scale] = [sum((one) => one.q), sum((one) => one.df), sum((one) => one.scale)]
  if (df === 0) return true
  const spread = scale > 0 ? Math.sqrt(Math.max(0, (q - df) / scale)) : 0
  return chiSquare.upperTail(q, df) >= pMin && spread <= spreadMax
}
