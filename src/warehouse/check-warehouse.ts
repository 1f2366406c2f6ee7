import { createDiagnostic, type Diagnostic } from '../base/diagnostic.ts'
import { suggestNames } from '../base/did-you-mean.ts'
import type { Catalog, FieldType, Model } from '../catalog/catalog.ts'
import { kindOf } from './column-kind.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

/** A date is an instant at midnight, so the two stand in for each other. */
const fits = (declared: FieldType, found: FieldType): boolean =>
  declared === found || (isTime(declared) && isTime(found))

const isTime = (type: FieldType): boolean => type === 'date' || type === 'timestamp'

/**
 * What the catalog says against what is there: tables and columns that are missing (errors, with what may have been meant), columns of
 * another type and tables without rows (warnings). Models over their own SQL are tried as a whole.
 */
export async function checkWarehouse(catalog: Catalog, warehouse: Warehouse): Promise<readonly Diagnostic[]> {
  const tables = await warehouse.listTables()
  const found = await Promise.all(
    Object.values(catalog.models).map((model) =>
      'table' in model.source
        ? checkTable(model, model.source.table, tables, warehouse)
        : checkSql(model, model.source.sql, warehouse),
    ),
  )
  return found.flat()
}

function findTable(name: string, tables: readonly TableInfo[]): TableInfo | undefined {
  return (
    tables.find((table) => table.name === name) ??
    tables.find((table) => table.name.toLowerCase() === name.toLowerCase()) ??
    tables.find((table) => name.toLowerCase().endsWith(`.${table.name.toLowerCase()}`))
  )
}

function checkTable(
  model: Model,
  name: string,
  tables: readonly TableInfo[],
  warehouse: Warehouse,
): readonly Diagnostic[] {
  const table = findTable(name, tables)
  if (!table)
    return [
      createDiagnostic({
        code: 'unknown-table',
        path: ['models', model.name, 'table'],
        message: `model \`${model.name}\` reads the table \`${name}\`, which is not in \`${warehouse.address}\``,
        hint: 'Name a table or view of the warehouse, with its schema where it needs one.',
        candidates: suggestNames(
          name,
          tables.map((candidate) => candidate.name),
        ),
      }),
    ]
  const rows: readonly Diagnostic[] =
    table.rows > 0
      ? []
      : [
          createDiagnostic({
            code: 'empty-table',
            path: ['models', model.name, 'table'],
            severity: 'warning',
            message: `table \`${name}\` of model \`${model.name}\` has no rows`,
            hint: 'Nothing can be found in it until it is filled.',
          }),
        ]
  // A csv without rows has no types.
  const columns = checkColumns(model, `table \`${name}\``, table.columns)
  return [...columns.filter(({ code }) => table.rows > 0 || code !== 'column-type'), ...rows]
}

function checkColumns(model: Model, place: string, columns: TableInfo['columns']): readonly Diagnostic[] {
  const names = columns.map(({ name }) => name)
  const find = (wanted: string) =>
    columns.find(({ name }) => name === wanted) ??
    columns.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  const missing = (column: string, use: string, path: readonly string[]) =>
    createDiagnostic({
      code: 'unknown-column',
      path: ['models', model.name, ...path],
      message: `${use} is column \`${column}\`, which is not in ${place}`,
      hint: `Name a column of ${place}; \`column\` may differ from the field's own name.`,
      candidates: suggestNames(column, names),
    })
  const fields = Object.values(model.fields).flatMap((field): readonly Diagnostic[] => {
    const column = find(field.column)
    const use = `field \`${field.name}\` of model \`${model.name}\``
    if (!column) return [missing(field.column, use, ['fields', field.name])]
    if (/^enum/i.test(column.type) || fits(field.type, kindOf(column.type))) return []
    const message = `${use} is declared ${field.type}, but column \`${column.name}\` is ${column.type.toLowerCase()}`
    return [
      createDiagnostic({
        code: 'column-type',
        path: ['models', model.name, 'fields', field.name, 'type'],
        severity: 'warning',
        message,
        hint: 'Declare the type that it has, or cast it in a view.',
      }),
    ]
  })
  const known = new Set(Object.values(model.fields).map(({ column }) => column))
  const keys = model.key
    .filter((column) => !known.has(column) && !find(column))
    .map((column) => missing(column, `the key of model \`${model.name}\``, ['key']))
  const pairs = Object.values(model.relations).flatMap((relation) =>
    relation.pairs
      .filter(({ own }) => !find(own))
      .map(({ own }) =>
        missing(own, `relation \`${relation.name}\` of model \`${model.name}\``, ['relations', relation.name]),
      ),
  )
  return [...fields, ...keys, ...pairs]
}

async function checkSql(model: Model, sql: string, warehouse: Warehouse): Promise<readonly Diagnostic[]> {
  try {
    const text = `SELECT * FROM (\n${sql.trim().replace(/;\s*$/, '')}\n) AS model`
    const { columns, rows } = await warehouse.query(text, [], { timeoutMs: 60_000, rowsMax: 1 })
    const missing = Object.values(model.fields).filter(({ column }) => !columns.includes(column))
    const unknown = missing.map((field) =>
      createDiagnostic({
        code: 'unknown-column',
        path: ['models', model.name, 'fields', field.name],
        message: `field \`${field.name}\` of model \`${model.name}\` is column \`${field.column}\`, which its SQL does not give`,
        hint: 'Add the column to the SQL, or name another.',
        candidates: suggestNames(field.column, columns),
      }),
    )
    if (rows.length > 0) return unknown
    return [
      ...unknown,
      createDiagnostic({
        code: 'empty-table',
        path: ['models', model.name, 'sql'],
        severity: 'warning',
        message: `the SQL of model \`${model.name}\` gives no rows`,
      }),
    ]
  } catch (error) {
    return [
      createDiagnostic({
        code: 'broken-model-sql',
        path: ['models', model.name, 'sql'],
        message: `the SQL of model \`${model.name}\` does not run: ${error instanceof Error ? error.message : String(error)}`,
      }),
    ]
  }
}
