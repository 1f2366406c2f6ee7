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
const placeEmptyLast = (sql: string): string => sql.replace(/\bdesc\b(?!\s+nulls)/gi, 'DESC NULLS LAST')

/** How gold is read before it is run. */
export interface Reading {
  /** `YYYY-MM-DD`: the day that counts as today. */
  readonly asOf: string
  /** Empty values stay where the engine has them. */
  readonly asWritten: boolean
}

export const readQuery = (sql: string, { asOf, asWritten }: Reading): string =>
  asWritten ? pinDate(sql, asOf) : placeEmptyLast(pinDate(sql, asOf))
