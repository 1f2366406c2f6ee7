/** A file that becomes a table. */
export interface DataFile {
  readonly path: string
  /** Name of the table: the file's, without its ending. */
  readonly table: string
  readonly kind: 'csv' | 'parquet'
}

export const quoteTable = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A path as DuckDB reads it: a text in which `*`, `?` and `[` are plain letters, not patterns. */
export const quotePath = (path: string): string => `'${path.replace(/[*?[]/g, '[$&]').replaceAll("'", "''")}'`
