import type { Distribution, Life } from './simulate-series.ts'

/** What is drawn in the cells of a distribution: rows a day, and the deviation of what multiplies their mean. */
const sizes: Readonly<Record<Distribution, { readonly rows: number; readonly noise: number }>> = {
  poisson: { rows: 60, noise: 0.1 },
  'negative binomial': { rows: 60, noise: 0.1 },
  'zero inflated': { rows: 10, noise: 0.1 },
  'sum of lognormals': { rows: 8, noise: 0.1 },
  lognormal: { rows: 60, noise: 0.2 },
  'binomial ratio': { rows: 60, noise: 0.1 },
  'mean of lognormals': { rows: 20, noise: 0.1 },
  normal: { rows: 1, noise: 0.1 },
}
const lengths = [60, 182, 400] as const
const memories = [0, 0.4, 0.7] as const
const cellsEach = 6
/** What grows has doubled at the end. */
const growthInAll = Math.log(2)

/**
 * One of the six cells of a distribution: each length and each memory twice, with and without season and growth three times, combined
 * anew for each distribution, so that every pair of values of two factors occurs among all cells.
 */
function chooseLife(distribution: Distribution, row: number, cell: number): Life {
  const half = cell < 3 ? 0 : 1
  const length = lengths[cell % 3]!
  return {
    ...sizes[distribution],
    distribution,
    length,
    memory: memories[(cell + half + row) % 3]!,
    growth: (cell + row) % 2 === 0 ? 0 : growthInAll / length,
    isWeekly: (half + Math.floor(row / 2)) % 2 === 0,
  }
}

const describeLife = ({ distribution, length, memory, growth, isWeekly }: Life): string =>
  [
    distribution,
    `${length} days`,
    isWeekly ? 'weekly' : 'no season',
    `memory ${memory}`,
    growth > 0 ? 'growing' : 'level',
  ].join(', ')

/**
 * Calm lives of days by season, length, distribution, memory and trend: 48 cells, a sixth of the cross product of 2 × 3 × 8 × 3 × 2.
 * `calm-worlds.ts` has the odd lives besides.
 */
export const calibrationMatrix: Readonly<Record<string, Life>> = Object.fromEntries(
  (Object.keys(sizes) as Distribution[]).flatMap((distribution, row) =>
    Array.from({ length: cellsEach }, (_, cell) => {
      const life = chooseLife(distribution, row, cell)
      return [describeLife(life), life] as const
    }),
  ),
)
