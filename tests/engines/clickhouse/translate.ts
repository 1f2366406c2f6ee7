/** Types that tests declare, as ClickHouse knows them. Its own of these names are narrower; a `Date` written so is meant. */
const types: readonly (readonly [RegExp, string])[] = [
  [/\btimestamp with time zone\b/gi, "DateTime64(3, 'Asia/Tokyo')"],
  [/\btimestamp\b/gi, 'DateTime64(6)'],
  [/\b(date|DATE)\b/g, 'Date32'],
  [/\bvarchar\(\d+\)/gi, 'LowCardinality(Nullable(String)) NOT NULL'],
]

/** In a text, ClickHouse takes a backslash for the beginning of an escape; other engines of the tests do not. */
const escapeTexts = (sql: string) =>
  sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (text) => text.replaceAll('\\', '\\\\'))

/**
 * A statement that makes tables or rows of tests, as ClickHouse takes it. Columns may be empty and tables have no order: settings of the
 * connection say so.
 */
export function translateStatement(sql: string): string {
  if (!/^\s*create table/i.test(sql)) return escapeTexts(sql)
  // Types stand outside of names in quotes.
  const pieces = escapeTexts(sql).split(/("(?:[^"]|"")*")/)
  return pieces
    .map((piece) => (piece.startsWith('"') ? piece : types.reduce((text, [from, to]) => text.replace(from, to), piece)))
    .join('')
}

export const statementSettings = {
  session_timezone: 'UTC',
  date_time_input_format: 'best_effort',
  data_type_default_nullable: 1,
  default_table_engine: 'Memory',
} as const
