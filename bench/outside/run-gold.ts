import type { Cell, Warehouse } from '../../src/warehouse/warehouse.ts'
import { splitTail } from './split-tail.ts'

export const limits = { timeoutMs: 20_000, rowsMax: 100_000 }

/** What a query gives, without what its text leaves open. */
export interface Expected {
  /** Rows that tie in its order, in that order; one group where it has none. */
  readonly groups: readonly (readonly (readonly Cell[])[])[]
  readonly limit: number | undefined
  readonly width: number
}

/** Runs a query and finds out which of its rows tie in its own order, also those behind its limit. */
export async function runGold(warehouse: Warehouse, sql: string): Promise<Expected> {
  const { body, order, limit } = splitTail(sql)
  const text = order === undefined ? body : `${body} ORDER BY ${order}`
  const { rows, columns } = await warehouse.query(text, [], limits)
  const width = columns.length
  if (order === undefined) return { groups: [rows], limit, width }
  const groups: (readonly (readonly Cell[])[])[] = []
  for (let at = 0; at < rows.length && at < (limit ?? rows.length); ) {
    const counted = await warehouse.query(
      `SELECT count(*) FROM (${text} FETCH FIRST ${at + 1} ROWS WITH TIES) AS counted`,
      [],
      limits,
    )
    const end = Number(counted.rows[0]?.[0])
    groups.push(rows.slice(at, end))
    at = end
  }
  return { groups, limit, width }
}
