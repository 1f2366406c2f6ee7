import { createDiagnostic, type Diagnostic } from '../base/diagnostic.ts'
import { suggestNames } from '../base/did-you-mean.ts'
import type { Catalog, Model, Relation } from '../catalog/catalog.ts'
import { findDialect } from '../dsl/dialects/index.ts'
import { checkField } from './check-field.ts'
import { checkKeys } from './check-keys.ts'
import { checkPairs } from './check-pairs.ts'
import { findNamed, findTable, isSameName } from './find-table.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

/** What is checked, and against what is there. */
interface Checking {
  readonly catalog: Catalog
  readonly tables: readonly TableInfo[]
  readonly warehouse: Warehouse
}

/**
 * What the catalog says against what is there: tables and columns that are missing (errors, with what may have been meant), columns of
 * another type, tables without rows and keys that are not unique (warnings). Models over their own SQL are tried as a whole.
 */
export async function checkWarehouse(catalog: Catalog, warehouse: Warehouse): Promise<readonly Diagnostic[]> {
  const checking: Checking = { catalog, tables: await warehouse.listTables(), warehouse }
  const found = await Promise.all(
    Object.values(catalog.models).map((model) =>
      'table' in model.source
        ? checkTable(model, model.source.table, checking)
        : checkSql(model, model.source.sql, warehouse),
    ),
  )
  const pairs = await checkPairs(catalog, checking.tables, warehouse)
  const keys = await checkKeys(catalog, checking.tables, warehouse)
  return [...checkEngine(warehouse), ...found.flat(), ...pairs, ...keys]
}

/** What tests have not shown is said. */
function checkEngine({ dialect }: Warehouse): readonly Diagnostic[] {
  const { proof, title } = findDialect(dialect)
  if (proof === 'rows') return []
  return [
    createDiagnostic({
      code: 'unproven-engine',
      severity: 'warning',
      message: `SQL for ${title} has not been run against a live warehouse`,
      hint: 'It is written from the manual and compared with golden files: hold some answers against your own SQL first.',
    }),
  ]
}

function checkTable(model: Model, name: string, checking: Checking): readonly Diagnostic[] {
  const { tables, warehouse } = checking
  const table = findTable(name, tables, warehouse)
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
  const columns = checkColumns(model, { place: `table \`${name}\``, columns: table.columns }, checking)
  return [...columns.filter(({ severity }) => table.rows > 0 || severity !== 'warning'), ...rows]
}

/** Columns of a table, and how messages call it. */
interface Place {
  readonly place: string
  readonly columns: TableInfo['columns']
}

const findColumn = ({ columns }: Place, name: string, { warehouse }: Checking) =>
  findNamed(columns, name, warehouse.dialect, (column) => column.name)

/** `use` is what needs the column, as a message begins. */
function reportMissing(
  model: Model,
  use: string,
  column: string,
  { place, columns }: Place,
  path: readonly string[],
): Diagnostic {
  return createDiagnostic({
    code: 'unknown-column',
    path: ['models', model.name, ...path],
    message: `${use} is column \`${column}\`, which is not in ${place}`,
    hint: `Name a column of ${place}; \`column\` may differ from the field's own name.`,
    candidates: suggestNames(
      column,
      columns.map(({ name }) => name),
    ),
  })
}

function checkColumns(model: Model, own: Place, checking: Checking): readonly Diagnostic[] {
  const fields = Object.values(model.fields).flatMap((field): readonly Diagnostic[] => {
    const column = findColumn(own, field.column, checking)
    if (column) return checkField(model, field, column, checking.catalog.calendar)
    const use = `field \`${field.name}\` of model \`${model.name}\``
    return [reportMissing(model, use, field.column, own, ['fields', field.name])]
  })
  const known = new Set(Object.values(model.fields).map(({ column }) => column))
  const keys = model.key
    .filter((column) => !known.has(column) && !findColumn(own, column, checking))
    .map((column) => reportMissing(model, `the key of model \`${model.name}\``, column, own, ['key']))
  const relations = Object.values(model.relations).flatMap((relation) => checkRelation(model, relation, own, checking))
  return [...fields, ...keys, ...relations]
}

/** The columns that a relation pairs: the own ones, and the other side's where that is a table that is there. */
function checkRelation(model: Model, relation: Relation, own: Place, checking: Checking): readonly Diagnostic[] {
  const use = `relation \`${relation.name}\` of model \`${model.name}\``
  const check = (place: Place, columns: readonly string[]) =>
    columns
      .filter((column) => !findColumn(place, column, checking))
      .map((column) => reportMissing(model, use, column, place, ['relations', relation.name]))
  const source = checking.catalog.models[relation.to]?.source
  const name = source && 'table' in source ? source.table : undefined
  const table = name === undefined ? undefined : findTable(name, checking.tables, checking.warehouse)
  const others = [...relation.pairs.map(({ other }) => other), ...(relation.valid ?? [])]
  return [
    ...check(
      own,
      relation.pairs.map((pair) => pair.own),
    ),
    ...checkBridge(model, relation, checking),
    ...(table ? check({ place: `table \`${name}\``, columns: table.columns }, others) : []),
  ]
}

/** The bridge table of a relation, and its columns `<model>_<key>` for both sides. */
function checkBridge(model: Model, relation: Relation, checking: Checking): readonly Diagnostic[] {
  const other = checking.catalog.models[relation.to]
  if (relation.through === undefined || !other) return []
  const table = findTable(relation.through, checking.tables, checking.warehouse)
  const path = ['relations', relation.name]
  const use = `relation \`${relation.name}\` of model \`${model.name}\``
  if (!table)
    return [
      createDiagnostic({
        code: 'unknown-table',
        path: ['models', model.name, ...path, 'through'],
        message: `${use} leads through the table \`${relation.through}\`, which is not in the warehouse`,
        hint: 'Name the bridge table as the warehouse does, maybe with its schema.',
      }),
    ]
  const place = { place: `table \`${relation.through}\``, columns: table.columns }
  return [model, other]
    .flatMap(({ name, key }) => key.map((column) => `${name}_${column}`))
    .filter((column) => !findColumn(place, column, checking))
    .map((column) => reportMissing(model, use, column, place, path))
}

async function checkSql(model: Model, sql: string, warehouse: Warehouse): Promise<readonly Diagnostic[]> {
  try {
    const text = `SELECT * FROM (\n${sql.trim().replace(/;\s*$/, '')}\n) AS model`
    const { columns, rows } = await warehouse.query(text, [], { timeoutMs: 60_000, rowsMax: 1 })
    const missing = Object.values(model.fields).filter(
      ({ column }) => !columns.some((name) => isSameName(name, column, warehouse.dialect)),
    )
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
