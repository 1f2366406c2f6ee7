import type { DialectName } from '../dsl/dialects/dialect.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

/** Whether two names are one to the engine: DuckDB does not mind the case, Postgres does since names are written as they are declared. */
export const isSameName = (a: string, b: string, dialect: DialectName): boolean =>
  dialect === 'postgres' ? a === b : a.toLowerCase() === b.toLowerCase()

/** What `pick` finds in `items` under `name`: exactly so, or else as the engine takes it. */
export const findNamed = <T>(
  items: readonly T[],
  name: string,
  dialect: DialectName,
  pick: (item: T) => string,
): T | undefined =>
  items.find((item) => pick(item) === name) ?? items.find((item) => isSameName(pick(item), name, dialect))

/** The table that a catalog means by `name`: as listed, or with a schema and database where the listing leaves them out. */
export function findTable(
  name: string,
  tables: readonly TableInfo[],
  { dialect }: Pick<Warehouse, 'dialect'>,
): TableInfo | undefined {
  const listed = findNamed(tables, name, dialect, (table) => table.name)
  if (listed || !name.includes('.')) return listed
  return tables.find(({ fullName }) => isSameName(`.${fullName}`.slice(-name.length - 1), `.${name}`, dialect))
}
