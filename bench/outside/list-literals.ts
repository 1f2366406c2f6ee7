const literal = `'(?:[^']|'')*'|-?\\d+(?:\\.\\d+)?`
const comparison = '=|<>|!=|<=|>=|<|>|~\\*?|not\\s+ilike|not\\s+like|ilike|like|not\\s+in|in|not\\s+between|between'
const pattern = new RegExp(
  `([a-z_][a-z0-9_]*)"?\\s*\\)?\\s*(?:${comparison})\\s*(?:date\\s+|timestamp\\s+)?\\(?\\s*((?:${literal})(?:\\s*(?:,|and)\\s*(?:${literal}))*)`,
  'gi',
)

/**
 * The values that queries compare columns with, by the column's name in small letters: what rows must hold for a filter to keep some.
 * Of a pattern, the text between its wildcards; of a regular expression, its alternatives.
 */
export function listLiterals(queries: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>()
  for (const query of queries) {
    for (const [, column = '', list = ''] of query.matchAll(pattern)) {
      const values = found.get(column.toLowerCase()) ?? new Set()
      found.set(column.toLowerCase(), values)
      for (const [text] of list.matchAll(new RegExp(literal, 'g')))
        for (const value of readLiteral(text)) values.add(value)
    }
  }
  return new Map([...found].map(([column, values]) => [column, [...values]]))
}

function readLiteral(text: string): readonly string[] {
  if (!text.startsWith("'")) return [text]
  const value = text.slice(1, -1).replace(/''/g, "'")
  const alternatives = /^\((.*\|.*)\)$/.exec(value)?.[1]?.split('|') ?? [value]
  return alternatives.map((one) => one.replace(/^%+|%+$/g, ''))
}
