import { addPeriods, type Grain } from '../../src/base/periods.ts'
import type { SortKey } from '../../src/dsl/plan/plan.ts'
import { compareForOrder, type Row, type Value } from './values.ts'

/** Rows while they are worked on. */
export interface Relation {
  readonly rows: readonly Row[]
  readonly names: readonly string[]
  /** What the rows were sorted by, for a cut to say in the end; names are dropped with their columns. */
  readonly sorted: readonly SortKey[] | undefined
  /** Whether a limit cut them in that order, and nothing regrouped or sorted them since. */
  readonly cut: boolean
}

export const pick = (row: Row, names: readonly string[]): readonly Value[] => names.map((name) => row[name] ?? null)

export const unsorted = (rows: readonly Row[], names: readonly string[]): Relation => ({
  rows,
  names,
  sorted: undefined,
  cut: false,
})

export function sortRows(rows: readonly Row[], by: readonly SortKey[], names: readonly string[]): readonly Row[] {
  const rest = names.map((name) => ({ name, descending: false }))
  return [...rows].sort((a, b) => {
    for (const { name, descending } of [...by, ...rest]) {
      const order = compareForOrder(a[name] ?? null, b[name] ?? null, descending)
      if (order !== 0) return order
    }
    return 0
  })
}

const lengthsMs: Partial<Record<Grain, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
}

/** The time `count` periods later, of a date or an instant. */
export function move(time: NonNullable<Value>, count: number, grain: Grain): Value {
  if (typeof time === 'string') return addPeriods(time, count, grain)
  return Number(time) + count * (lengthsMs[grain] ?? Number.NaN)
}
