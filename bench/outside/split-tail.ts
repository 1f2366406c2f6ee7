export interface Tail {
  /** The query without its order and limit. */
  readonly body: string
  readonly order: string | undefined
  readonly limit: number | undefined
}

/** A query's own `ORDER BY` and `LIMIT`, not those of queries inside it. */
export function splitTail(sql: string): Tail {
  const text = sql.trim().replace(/;$/, '')
  const outer = hideInner(text)
  const limit = /\blimit\s+(\d+)\s*$/i.exec(outer)
  const end = limit?.index ?? text.length
  const order = [...outer.slice(0, end).matchAll(/\border\s+by\b/gi)].at(-1)
  return {
    body: text.slice(0, order?.index ?? end).trim(),
    order: order ? text.slice(order.index + order[0].length, end).trim() : undefined,
    limit: limit ? Number(limit[1]) : undefined,
  }
}

/** The text with everything in quotes and parentheses blanked out, each letter in its place. */
function hideInner(text: string): string {
  let depth = 0
  let quote: string | undefined
  let outer = ''
  for (const letter of text) {
    const isInside = depth > 0 || quote !== undefined
    if (quote !== undefined) quote = letter === quote ? undefined : quote
    else if (letter === "'" || letter === '"') quote = letter
    else if (letter === '(') depth++
    else if (letter === ')') depth--
    outer += isInside || quote !== undefined || depth > 0 ? ' '.repeat(letter.length) : letter
  }
  return outer
}
