type Cell = string | number | boolean | null
export type Rows = readonly (readonly Cell[])[]

/** Months from `first` on, as `2025-09`, with nothing in them. */
export const empty = (first: string, count: number, ...cells: readonly Cell[]): Rows =>
  Array.from({ length: count }, (_, at) => {
    const months = Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1 + at
    return [`${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`, ...cells]
  })

/** The periods of a cohort from 0 on, by how many came in each. */
export const follow = (cohort: string, size: number, came: readonly number[]): Rows =>
  came.map((count, period) => [cohort, period, size, count, count / size])
