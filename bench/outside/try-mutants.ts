import type { Cell, Warehouse } from '../../src/warehouse/warehouse.ts'
import { findDifference } from './compare-rows.ts'
import { mutateQuery } from './mutate-query.ts'
import { type Reading, readQuery } from './pin-date.ts'
import { limits, runGold } from './run-gold.ts'

/** How well the rows tell a query from wrong ones that are like it. */
export interface Survival {
  readonly mutants: number
  /** How many give the same rows on the data as shipped, and on all instances. */
  readonly shipped: number
  readonly everywhere: number
}

export interface Trial {
  /** Runs what is left on the rows that are loaded now. */
  readonly run: () => Promise<void>
  readonly sum: () => Survival
}

/** A trial of the wrong neighbours of a query; those that do not even run are none. */
export function openTrial(sql: string, reading: Reading, warehouse: Warehouse): Trial {
  const pinned = readQuery(sql, reading)
  let left: readonly string[] | undefined
  let [mutants, shipped] = [0, 0]
  const read = (mutant: string): Promise<readonly (readonly Cell[])[] | undefined> =>
    warehouse.query(mutant, [], limits).then(
      ({ rows }) => rows,
      () => undefined,
    )
  const run = async () => {
    const isFirst = left === undefined
    const expected = await runGold(warehouse, pinned).catch(() => undefined)
    const survivors: string[] = []
    for (const mutant of left ?? mutateQuery(pinned)) {
      const rows = await read(mutant)
      if (rows === undefined && isFirst) continue
      if (isFirst) mutants++
      if (expected === undefined || (rows && findDifference(expected, rows) === undefined)) survivors.push(mutant)
    }
    if (isFirst) shipped = survivors.length
    left = survivors
  }
  return { run, sum: () => ({ mutants, shipped, everywhere: left?.length ?? 0 }) }
}
