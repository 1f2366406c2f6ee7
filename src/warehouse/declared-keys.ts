import type { Cell, DeclaredKeys } from './warehouse.ts'

const nothing: DeclaredKeys = { key: [], references: [] }

/** A column of a constraint, in the order of its key: where it stands, and what it refers to, if anything. */
export interface ConstraintColumn {
  /** The same for all columns of one constraint. */
  readonly id: string
  readonly table: string
  readonly column: string
  readonly toTable?: string
  readonly toColumn?: string
}

const text = (cell: Cell | undefined): string | undefined =>
  cell === null || cell === undefined ? undefined : String(cell)

/** Rows of `id, table, column, other table, other column`, names of tables as catalogs write them. */
export const readConstraint = ([id, table, column, toTable, toColumn]: readonly (
  | Cell
  | undefined
)[]): ConstraintColumn => {
  const [other, otherColumn] = [text(toTable), text(toColumn)]
  const own = { id: String(id), table: String(table), column: String(column) }
  return other === undefined || otherColumn === undefined ? own : { ...own, toTable: other, toColumn: otherColumn }
}

/** What each table declares, by its name. A reference by several columns is no reference of one of them. */
export function gatherDeclared(columns: readonly ConstraintColumn[]): (table: string) => DeclaredKeys {
  const tables = new Map<string, DeclaredKeys>()
  for (const own of Map.groupBy(columns, ({ id, table }) => JSON.stringify([id, table])).values()) {
    const [{ table, column, toTable, toColumn }] = own as [ConstraintColumn, ...ConstraintColumn[]]
    const known = tables.get(table) ?? nothing
    if (toTable === undefined || toColumn === undefined)
      tables.set(table, { ...known, key: own.map((one) => one.column) })
    else if (own.length === 1)
      tables.set(table, { ...known, references: [...known.references, { column, toTable, toColumn }] })
  }
  return (table) => tables.get(table) ?? nothing
}
