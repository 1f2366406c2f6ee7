import { studentT } from './student-t.ts'

/** The t that |T| exceeds in 5 of 100 draws with `df` degrees of freedom: half the width of a 95% interval in standard errors. */
export const criticalT = (df: number): number => studentT.quantile(0.975, df)
