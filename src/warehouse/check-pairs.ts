import { createDiagnostic, type Diagnostic } from '../base/diagnostic.ts'
import { Failure } from '../base/failure.ts'
import type { Catalog, Model, Relation } from '../catalog/catalog.ts'
import { quoteTable } from '../catalog/draft/quote-sql.ts'
import { findDialect } from '../dsl/dialects/index.ts'
import { findNamed, findTable } from './find-table.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

type Column = TableInfo['columns'][number]

/** A relation between two tables that are there. */
interface Paired {
  readonly model: Model
  readonly relation: Relation
  readonly own: TableInfo
  readonly other: TableInfo
  readonly columns: readonly (readonly [own: Column, other: Column])[]
}

function listPaired(catalog: Catalog, tables: readonly TableInfo[], warehouse: Warehouse): readonly Paired[] {
  const tableOf = (model: Model | undefined) =>
    model && 'table' in model.source ? findTable(model.source.table, tables, warehouse) : undefined
  const columnOf = (table: TableInfo, name: string) =>
    findNamed(table.columns, name, warehouse.dialect, (column) => column.name)
  return Object.values(catalog.models).flatMap((model) =>
    Object.values(model.relations).flatMap((relation): readonly Paired[] => {
      const [own, other] = [tableOf(model), tableOf(catalog.models[relation.to])]
      if (!own || !other) return []
      const columns = relation.pairs.flatMap((pair) => {
        const found = [columnOf(own, pair.own), columnOf(other, pair.other)] as const
        return found[0] && found[1] ? [[found[0], found[1]] as const] : []
      })
      return columns.length === relation.pairs.length ? [{ model, relation, own, other, columns }] : []
    }),
  )
}

/** The same for a relation and its way back. */
const idOf = ({ own, other, columns }: Paired): string =>
  columns
    .map(([left, right]) => [`${own.fullName} ${left.name}`, `${other.fullName} ${right.name}`].sort().join(' = '))
    .sort()
    .join(', ')

async function canJoin({ own, other, columns }: Paired, warehouse: Warehouse): Promise<boolean> {
  const { quote, writeName } = findDialect(warehouse.dialect)
  const conditions = columns.map(([left, right]) => `t.${writeName(right.name)} = f.${writeName(left.name)}`)
  const [from, to] = [own, other].map(({ name }) => quoteTable(name, quote))
  const sql = `SELECT 1 FROM ${from} AS f JOIN ${to} AS t ON ${conditions.join(' AND ')} WHERE 1 = 0`
  try {
    await warehouse.query(sql, [], { timeoutMs: 60_000, rowsMax: 1 })
    return true
  } catch (error) {
    if (error instanceof Failure && error.code === 'warehouse-query') return false
    throw error
  }
}

/**
 * Relations that the engine cannot join by, tried on no rows where the columns' types differ: Postgres does not compare a uuid with a text,
 * nor ClickHouse an Int64 with a UInt64.
 */
export async function checkPairs(
  catalog: Catalog,
  tables: readonly TableInfo[],
  warehouse: Warehouse,
): Promise<readonly Diagnostic[]> {
  const doubtful = new Map<string, Paired>()
  for (const paired of listPaired(catalog, tables, warehouse)) {
    const isDoubtful = paired.columns.some(([left, right]) => left.type !== right.type)
    if (isDoubtful && !doubtful.has(idOf(paired))) doubtful.set(idOf(paired), paired)
  }
  const found: Diagnostic[] = []
  for (const paired of doubtful.values()) {
    if (await canJoin(paired, warehouse)) continue
    const { model, relation, columns } = paired
    const words = columns.map(
      ([left, right]) => `\`${left.name}\` (${left.type}) with \`${right.name}\` (${right.type})`,
    )
    found.push(
      createDiagnostic({
        code: 'relation-types',
        path: ['models', model.name, 'relations', relation.name],
        message: `relation \`${relation.name}\` of model \`${model.name}\` pairs ${words.join(' and ')}, which the warehouse cannot join by`,
        hint: 'Give both columns one type, by a cast in a view.',
      }),
    )
  }
  return found
}
