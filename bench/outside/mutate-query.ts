type Change = readonly [pattern: RegExp, text: string | ((found: string) => string)]

/** Mistakes that people make in such queries, one at a time. */
const changes: readonly Change[] = [
  [/>=/g, '>'],
  [/<=/g, '<'],
  [/(?<![<>=!])>(?![=>])/g, '>='],
  [/(?<![<>=!])<(?![=<>])/g, '<='],
  [/(?<![<>=!])=(?!=)\s*'[^']*'/g, (found) => found.replace('=', '<>')],
  [/\bcount\(distinct\s/gi, 'COUNT('],
  [/\bselect distinct\s/gi, 'SELECT '],
  [/\bavg\(/gi, 'SUM('],
  [/\bsum\(/gi, 'AVG('],
  [/\bmin\(/gi, 'MAX('],
  [/\bmax\(/gi, 'MIN('],
  [/(?<!left )(?<!inner )\bjoin\b/gi, 'LEFT JOIN'],
  [/\bleft join\b/gi, 'JOIN'],
  [/\bdesc\b/gi, 'ASC'],
  [/\band\b/gi, 'OR'],
  [/\bor\b/gi, 'AND'],
  [/\bilike\b/gi, 'LIKE'],
  [/\bis null\b/gi, 'IS NOT NULL'],
  [/\bis not null\b/gi, 'IS NULL'],
  [/\blimit \d+/gi, (found) => `LIMIT ${Number(found.slice(6)) + 1}`],
  [/interval '\d+/gi, (found) => `interval '${Number(found.slice(10)) + 1}`],
  [/\b(?:19|20)\d\d-\d\d-\d\d\b/g, (found) => new Date(Date.parse(found) + 86_400_000).toISOString().slice(0, 10)],
  [/(?<=[=<>] )\d+\b/g, (found) => String(Number(found) + 1)],
]

/** The query with one change each: what a comparison of rows should notice. */
export function mutateQuery(sql: string): readonly string[] {
  const mutants = changes.flatMap(([pattern, text]) =>
    [...sql.matchAll(pattern)].map(
      ({ 0: found, index }) =>
        sql.slice(0, index) + (typeof text === 'string' ? text : text(found)) + sql.slice(index + found.length),
    ),
  )
  return [...new Set(mutants)].filter((mutant) => mutant !== sql)
}
