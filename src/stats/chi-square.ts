import { gamma } from './gamma.ts'

/** The chi-square distribution: a gamma distribution of shape df / 2 and scale 2. */
export const chiSquare = {
  lowerTail: (x: number, df: number): number => gamma.lowerTail(x, df / 2, 2),
  upperTail: (x: number, df: number): number => gamma.upperTail(x, df / 2, 2),
} as const
