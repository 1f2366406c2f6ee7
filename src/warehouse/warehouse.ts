import type { DialectName } from '../dsl/dialects/dialect.ts'
import type { ColumnType } from '../dsl/plan/plan.ts'

/** A cell as it leaves a warehouse: dates `YYYY-MM-DD`, instants ISO 8601, whole numbers beyond 2^53 and long decimals as text. */
export type Cell = string | number | boolean | null

export interface QueryLimits {
  /** The statement is cancelled and a `Failure` (`warehouse-timeout`) is thrown past this. */
  readonly timeoutMs: number
  /** Rows past this are cut and `truncated` is set. */
  readonly rowsMax: number
  readonly signal?: AbortSignal
  /** What the columns are, where that is known: an engine without booleans cannot tell. */
  readonly types?: readonly ColumnType[]
}

export interface Rows {
  /** Names as the SQL gave them. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  readonly truncated: boolean
  readonly ms: number
}

/** A table as it was found, for `hunch init`, `hunch check` and the data gate. */
export interface TableInfo {
  /** As a catalog names it: with its schema only outside of the first one. */
  readonly name: string
  /** With all that may stand before it: schema, and database where the engine takes one. */
  readonly fullName: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[]
  readonly rows: number
  /** Absent where the engine knows no keys. */
  readonly declared?: DeclaredKeys
}

/** What a table says of itself, and its engine holds it to. */
export interface DeclaredKeys {
  /** Columns of its primary key; empty where there is none. */
  readonly key: readonly string[]
  /** Columns that each refer to one of another table, by the `name` of that table. */
  readonly references: readonly { readonly column: string; readonly toTable: string; readonly toColumn: string }[]
}

/** Somebody else's database: read only, each statement within limits. One file an engine implements it. */
export interface Warehouse {
  readonly dialect: DialectName
  /** The address without secrets, for messages. */
  readonly address: string
  /** SQL with placeholders as the dialect writes them; more than one statement, or any that writes, is refused with a `Failure`. */
  query(sql: string, parameters: readonly Cell[], limits: QueryLimits): Promise<Rows>
  listTables(): Promise<readonly TableInfo[]>
  close(): Promise<void>
}
