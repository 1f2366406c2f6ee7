import type { Emitted } from '../../src/dsl/emit/emit.ts'
import type { Column } from '../../src/dsl/plan/plan.ts'
import type { Rows, Warehouse } from '../../src/warehouse/warehouse.ts'

const limits = { timeoutMs: 20_000, rowsMax: 100_000 }

/** Rows of SQL that was written for `columns`, read in their types: an engine without booleans cannot tell them. */
export const runEmitted = (
  warehouse: Warehouse,
  { sql, parameters }: Emitted,
  columns: readonly Column[],
): Promise<Rows> => warehouse.query(sql, parameters, { ...limits, types: columns.map(({ type }) => type) })
