import { studentT } from './student-t.ts'

/** The t that |T| exceeds in 5 of 100 draws with `df` degrees of freedom: half the width of a 95% interval in standard errors. */
export function criticalT(df: number): number {
  let [low, high] = [1.9, 13]
  while (studentT.upperTail(high, df) > 0.025) high *= 4
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (studentT.upperTail(middle, df) > 0.025) low = middle
    else high = middle
  }
  return (low + high) / 2
}
