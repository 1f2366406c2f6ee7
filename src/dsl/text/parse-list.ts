import type { Named, SortItem } from '../tree/ast.ts'
import type { Cursor } from './cursor.ts'
import { formatExpression } from './format-expression.ts'
import { parseDirection } from './parse-clauses.ts'
import { parseExpression } from './parse-expression.ts'
import { acceptComma, parseName } from './parse-names.ts'
import { quoteName } from './quote.ts'

/** One or more items with commas between; one before the end or before `closing` is mended. */
export function parseList<T>(
  cursor: Cursor,
  parseItem: (cursor: Cursor) => T,
  ...closing: readonly string[]
): readonly T[] {
  const items = [parseItem(cursor)]
  while (acceptComma(cursor, ...closing)) items.push(parseItem(cursor))
  return Object.freeze(items)
}

/** `name = expression`, or the expression alone. */
export function parseNamed(cursor: Cursor): Named {
  const start = cursor.mark()
  const [first, next] = [cursor.peek(), cursor.peek(1)]
  const isNamed = (first?.kind === 'word' || first?.kind === 'name') && next?.kind === 'symbol' && next.value === '='
  if (!isNamed) {
    const value = parseExpression(cursor)
    return cursor.isWord('as') ? readNameLast(cursor, start, value) : cursor.place(start, { value })
  }
  const name = parseName(cursor, 'a name')
  cursor.expectSymbol('=')
  return cursor.place(start, { name, value: parseExpression(cursor) })
}

/** `sum(amount) as total`: here the name comes first. */
function readNameLast(cursor: Cursor, start: number, value: Named['value']): Named {
  cursor.take()
  const name = parseName(cursor, 'a name')
  const text = `${quoteName(name)} = ${formatExpression(value)}`
  const span = cursor.spanFrom(start)
  cursor.report({
    code: 'foreign-words',
    message: 'the name comes first',
    hint: `Write \`${text}\`.`,
    span,
    fixes: [{ title: `… as ${name} → ${name} = …`, span, text }],
  })
  return cursor.place(start, { name, value })
}

/** An expression and its direction, `asc` unless `initial` says otherwise. */
export function parseSortItem(cursor: Cursor, initial: 'asc' | 'desc'): SortItem {
  const start = cursor.mark()
  const value = parseExpression(cursor)
  const descending = parseDirection(cursor, initial) === 'desc'
  acceptNulls(cursor, value)
  return cursor.place(start, { value, descending })
}

/** `nulls last` of SQL says what holds anyway. */
function acceptNulls(cursor: Cursor, value: SortItem['value']): void {
  const isFirst = cursor.isWord('nulls', 'first')
  if (!isFirst && !cursor.isWord('nulls', 'last')) return
  const start = cursor.mark()
  cursor.take()
  cursor.take()
  const span = cursor.spanFrom(start)
  const text = formatExpression(value)
  cursor.report({
    code: 'foreign-words',
    message: 'empty values come last in both directions',
    hint: isFirst ? `Write \`sort ${text} is not empty, ${text}\` to have them first.` : 'Leave it out.',
    span,
    fixes: isFirst ? [] : [{ title: 'nulls last left out', span, text: '' }],
  })
}

/** A whole number from 1 up. */
export function parseCount(cursor: Cursor): number {
  const token = cursor.peek()
  const count = token?.kind === 'number' && /^\d{1,9}$/.test(token.value) ? Number(token.value) : 0
  if (count < 1) return cursor.expected('a whole number from 1 up', 'Say how many rows to keep.')
  cursor.take()
  return count
}
