import type { DialectName } from '../dsl/dialects/dialect.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

/** Engines that do not mind the case of a column. The others do, since names are written as they are declared. */
const ignoringCase: ReadonlySet<DialectName> = new Set(['duckdb', 'mariadb', 'mysql', 'snowflake', 'bigquery'])

/** Whether two names of columns are one to the engine. */
export const isSameName = (a: string, b: string, dialect: DialectName): boolean =>
  ignoringCase.has(dialect) ? a.toLowerCase() === b.toLowerCase() : a === b

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
  // MariaDB, MySQL and BigQuery do not mind the case of a column, but that of a table.
  const isLoose = dialect === 'duckdb' || dialect === 'snowflake'
  const isSame = (a: string, b: string) => (isLoose ? isSameName(a, b, dialect) : a === b)
  const listed = tables.find((table) => table.name === name) ?? tables.find((table) => isSame(table.name, name))
  if (listed || !name.includes('.')) return listed
  return tables.find(({ fullName }) => isSame(`.${fullName}`.slice(-name.length - 1), `.${name}`))
}
