import type pg from 'pg'
import type { Catalog, Model } from '../../src/catalog/catalog.ts'

export type Kind = 'text' | 'whole' | 'decimal' | 'boolean' | 'date' | 'timestamp' | 'time'

export interface TableColumn {
  readonly name: string
  readonly kind: Kind
  readonly nullable: boolean
  /** Letters of a text, or digits before the point of a number. */
  readonly sizeMax: number | undefined
  readonly scale: number
}

/** A column that holds the key of another table. */
export interface Reference {
  readonly columns: readonly string[]
  readonly to: string
  readonly toColumns: readonly string[]
  /** Whether the database holds rows to it; else there may be orphans. */
  readonly enforced: boolean
}

export interface Table {
  /** With its schema, where that is not `public`. */
  readonly name: string
  readonly columns: readonly TableColumn[]
  /** Columns that are unique together. */
  readonly unique: readonly (readonly string[])[]
  readonly references: readonly Reference[]
  /** Columns that name a row to a reader, where nothing else does. */
  readonly names: readonly string[]
}

const kinds: Readonly<Record<string, Kind>> = {
  smallint: 'whole',
  integer: 'whole',
  bigint: 'whole',
  numeric: 'decimal',
  real: 'decimal',
  'double precision': 'decimal',
  boolean: 'boolean',
  date: 'date',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamp',
  'time without time zone': 'time',
}

const named = "CASE WHEN table_schema = 'public' THEN '' ELSE table_schema || '.' END || table_name"

/** The tables as the database declares them, with the keys and relations that the catalog adds. */
export async function readTables(client: pg.Client, catalog: Catalog): Promise<readonly Table[]> {
  const columns = await client.query<Record<string, string | number | null>>(`
    SELECT ${named} AS "table", column_name AS name, data_type AS type, is_nullable AS nullable, character_maximum_length AS letters,
      numeric_precision AS digits, numeric_scale AS scale, is_generated AS generated
    FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, ordinal_position`)
  const constraints = await client.query<{
    table: string
    type: string
    columns: string[]
    to: string
    others: string[]
  }>(`
    SELECT ${listConstraint('c.conrelid')} AS "table", c.contype AS type,
      (SELECT json_agg(attname ORDER BY at) FROM unnest(c.conkey) WITH ORDINALITY k(number, at)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number) AS columns,
      ${listConstraint('c.confrelid')} AS "to",
      (SELECT json_agg(attname ORDER BY at) FROM unnest(c.confkey) WITH ORDINALITY k(number, at)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number) AS others
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE c.contype IN ('p', 'u', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`)
  const names = [...new Set(columns.rows.map(({ table }) => String(table)))]
  return names.map((name): Table => {
    const declared = constraints.rows.filter(({ table }) => table === name)
    const references = declared
      .filter(({ type }) => type === 'f')
      .map((one) => ({ columns: one.columns, to: one.to, toColumns: one.others, enforced: true }))
    const isDeclared = (reference: Reference) =>
      references.some((one) => one.columns.join() === reference.columns.join() && one.to === reference.to)
    return {
      name,
      columns: columns.rows.filter(({ table }) => table === name).map(readColumn),
      unique: [
        ...declared.filter(({ type }) => type !== 'f').map((one) => one.columns),
        ...listCatalogKeys(catalog, name),
      ],
      references: [...references, ...listCatalogReferences(catalog, name).filter((one) => !isDeclared(one))],
      names: listModels(catalog, name).flatMap(({ semantics, fields }) => fields[semantics?.name ?? '']?.column ?? []),
    }
  })
}

const listConstraint = (oid: string) =>
  `(SELECT CASE WHEN s.nspname = 'public' THEN '' ELSE s.nspname || '.' END || t.relname
    FROM pg_class t JOIN pg_namespace s ON s.oid = t.relnamespace WHERE t.oid = ${oid})`

function readColumn(row: Readonly<Record<string, string | number | null>>): TableColumn {
  const kind = kinds[String(row.type)] ?? 'text'
  const [letters, digits, scale] = [row.letters, row.digits, row.scale].map((size) =>
    size === null ? undefined : Number(size),
  )
  const isBounded = row.type === 'numeric' && digits !== undefined
  return {
    name: String(row.name),
    kind,
    nullable: row.nullable === 'YES',
    sizeMax: kind === 'text' ? letters : isBounded ? digits - (scale ?? 0) : undefined,
    scale: kind === 'decimal' ? (isBounded ? (scale ?? 0) : 2) : 0,
  }
}

/** A model over a `select` from one table is taken for that table. */
function nameTable({ source }: Model): string | undefined {
  if ('table' in source) return source.table
  const [first, ...more] = source.sql.matchAll(/\b(?:from|join)\s+(\S+)/gi)
  return more.length === 0 ? first?.[1] : undefined
}

const listModels = (catalog: Catalog, table: string) =>
  Object.values(catalog.models).filter((model) => nameTable(model) === table)

const listCatalogKeys = (catalog: Catalog, table: string) => listModels(catalog, table).map(({ key }) => key)

function listCatalogReferences(catalog: Catalog, table: string): readonly Reference[] {
  return listModels(catalog, table).flatMap(({ relations }) =>
    Object.values(relations).flatMap((relation) => {
      const target = catalog.models[relation.to]
      const to = target && nameTable(target)
      if (relation.cardinality !== 'one' || to === undefined) return []
      const columns = relation.pairs.map(({ own }) => own)
      return [{ columns, to, toColumns: relation.pairs.map(({ other }) => other), enforced: false }]
    }),
  )
}
