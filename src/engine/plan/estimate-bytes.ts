import { dayAt } from '../../base/periods.ts'
import type { FieldType } from '../../catalog/catalog.ts'
import type { DialectName } from '../../dsl/dialects/dialect.ts'
import { listInputs } from '../../dsl/emit/columns.ts'
import type { Node, Scan } from '../../dsl/plan/plan.ts'
import { planExploration } from '../../dsl/plan/plan-exploration.ts'
import { kindOf } from '../../warehouse/column-kind.ts'
import { findNamed, findTable } from '../../warehouse/find-table.ts'
import type { TableInfo } from '../../warehouse/warehouse.ts'
import type { QueryContext } from '../ask/run-exploration.ts'

/** Bytes of a value as it stands uncompressed; of a text a guess. */
const widths: Readonly<Record<FieldType, number>> = { boolean: 1, date: 4, number: 8, timestamp: 8, text: 20 }
/** Engines that read whole rows, whatever is asked of them; the others read columns. */
const readsRows: ReadonlySet<DialectName> = new Set(['postgres', 'mysql', 'mariadb'])

/** Bytes that the exploration of a text reads from the warehouse. */
type ReadBytes = (text: string) => number

/**
 * Estimates what explorations read: of each table that one looks at all rows, times the width of the columns that it needs (of all columns where
 * the engine reads rows), as the types of the columns say. An upper bound where partitions, indexes or periods that are kept spare a
 * part; nothing is said of models that are SQL of their own, and of views only where the engine counts their rows.
 */
export async function openReadBytes(context: QueryContext): Promise<ReadBytes> {
  const { catalog, calendar, warehouse } = context
  const tables = await warehouse.listTables()
  const asOf = dayAt(context.now(), calendar)
  return (text) => {
    const planned = planExploration(text, { catalog, calendar, asOf })
    if (!planned.ok) return 0
    const { root, blocks = [] } = planned.value.plan
    return [root, ...blocks.map((block) => block.node)]
      .flatMap(listScans)
      .reduce((all, scan) => all + measureScan(scan, tables, warehouse), 0)
  }
}

const listScans = (node: Node): readonly Scan[] =>
  node.op === 'scan' ? [node] : listInputs(node).flatMap((input) => listScans(input))

function measureScan(
  { source, columns }: Scan,
  tables: readonly TableInfo[],
  warehouse: Pick<QueryContext['warehouse'], 'dialect'>,
): number {
  const { dialect } = warehouse
  const table = 'table' in source ? findTable(source.table, tables, warehouse) : undefined
  if (!table) return 0
  const read = readsRows.has(dialect)
    ? table.columns
    : columns.flatMap(({ column }) => findNamed(table.columns, column, dialect, ({ name }) => name) ?? [])
  return table.rows * read.reduce((all, { type }) => all + widths[kindOf(type)], 0)
}
