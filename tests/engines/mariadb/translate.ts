import { mariadb } from '../../../src/dsl/dialects/mariadb.ts'

/** Types that tests declare, as MariaDB knows them. `TIMESTAMP` there is what changes with the time zone of a session. */
const types: readonly (readonly [RegExp, string])[] = [
  [/\btimestamp with time zone\b/gi, 'ZONED'],
  [/\btimestamp\b/gi, 'DATETIME(6)'],
  [/\bZONED\b/g, 'TIMESTAMP(6) NULL'],
]

const translateTypes = (piece: string) => types.reduce((text, [from, to]) => text.replace(from, to), piece)

/** An instant in ISO 8601, which MariaDB takes without its letters only. */
const translateText = (text: string) => text.replace(/^'(\d{4}-\d\d-\d\d)T([\d:.]+)Z'$/, "'$1 $2'")

const translateName = (name: string) => mariadb.writeName(name.slice(1, -1).replaceAll('""', '"'))

/**
 * A statement that makes tables or rows of tests, as MariaDB takes it: names as its dialect quotes them, types and instants in its words. The
 * session has `NO_BACKSLASH_ESCAPES`.
 */
export function translateStatement(sql: string): string {
  const isTable = /^\s*create table/i.test(sql)
  return sql
    .split(/('(?:[^']|'')*'|"(?:[^"]|"")*")/)
    .map((piece) => {
      if (piece.startsWith('"')) return translateName(piece)
      if (piece.startsWith("'")) return translateText(piece)
      return isTable ? translateTypes(piece) : piece
    })
    .join('')
}
