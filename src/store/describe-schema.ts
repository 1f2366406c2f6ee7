import type { Database } from './database.ts'

/** The tables of the store as text, one column, constraint or index a line, in a stable order: what `migrations/` come to. */
export async function describeSchema(database: Database): Promise<string> {
  const { rows } = await database.raw(query)
  const lines: readonly { readonly tableName: string; readonly line: string }[] = rows
  const tables = Map.groupBy(lines, ({ tableName }) => tableName)
  return [...tables].map(([name, parts]) => `${name}\n${parts.map(({ line }) => `  ${line}\n`).join('')}`).join('\n')
}

/** Constraints of "not null" (rows of their own from Postgres 18 on) are said by their columns. */
const query = `
  select table_name, line from (
    select table_name::text, 1 as part, ordinal_position::integer as position,
      column_name || ' ' || format_type(attribute.atttypid, attribute.atttypmod)
        || case when is_nullable = 'NO' then ' not null' else '' end
        || coalesce(' default ' || column_default, '')
        || case when is_identity = 'YES' then ' identity' else '' end as line
    from information_schema.columns
    join pg_attribute as attribute
      on attribute.attrelid = (quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass
      and attribute.attname = column_name
    where table_schema = current_schema()
    union all
    select conrelid::regclass::text, 2, 0, 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where connamespace = current_schema()::regnamespace and contype <> 'n'
    union all
    select tablename::text, 3, 0, regexp_replace(indexdef, '^CREATE ', '')
    from pg_indexes where schemaname = current_schema()
  ) as parts
  order by table_name collate "C", part, position, line collate "C"`
