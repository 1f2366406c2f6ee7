import { incompleteBeta } from './beta.ts'

/** Snedecor's F distribution, through the incomplete beta function. */
export const f = {
  /** P(F ≤ x). */
  lowerTail: (x: number, df1: number, df2: number): number => {
    const scale = df1 * Math.max(0, x) + df2
    return incompleteBeta((df1 * Math.max(0, x)) / scale, df2 / scale, df1 / 2, df2 / 2)
  },
  /** P(F ≥ x). */
  upperTail: (x: number, df1: number, df2: number): number => {
    const scale = df1 * Math.max(0, x) + df2
    return incompleteBeta(df2 / scale, (df1 * Math.max(0, x)) / scale, df2 / 2, df1 / 2)
  },
} as const
