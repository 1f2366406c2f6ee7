/** `sql` with the given day for today, and half past nine in the morning of it for now. */
export function pinDate(sql: string, asOf: string): string {
  return sql
    .replace(/\bcurrent_date\b/gi, `DATE '${asOf}'`)
    .replace(/\b(?:now\(\)|current_timestamp\b(?:\(\))?|localtimestamp\b)/gi, `TIMESTAMP '${asOf} 09:30:00'`)
}

/**
 * `sql` with empty values last wherever it sorts downwards and does not say where they go. Postgres puts them first then, so that a
 * question for the largest values is answered by rows that have none; explorations have them last in both directions.
 */
export const placeEmptyLast = (sql: string): string => sql.replace(/\bdesc\b(?!\s+nulls)/gi, 'DESC NULLS LAST')
