/** Conditions as other languages and other habits write them, read as what they mean. */

import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { foreign } from '../text/parse-foreign.ts'
import { findUnit, parseRange } from '../text/parse-range.ts'
import type { Call, Expression, Range } from '../tree/ast.ts'
import { findSpan } from '../tree/spans.ts'

/** `plan is "pro"`: a value behind `is`. */
export function acceptIsValue(cursor: Cursor, word: number, operator: '=' | '!='): Expression | undefined {
  const token = cursor.peek()
  if (token?.kind !== 'text' && token?.kind !== 'number') return undefined
  const at = cursor.mark()
  cursor.take()
  const span = { start: cursor.spanFrom(word).start, end: token.span.start }
  cursor.report(foreign('a value is compared by `=`', `is → ${operator}`, span, `${operator} `))
  const value = token.kind === 'text' ? token.value : Number(token.value)
  const node: Expression = typeof value === 'string' ? { kind: 'text', value } : { kind: 'number', value }
  return cursor.place(at, node)
}

/** Brackets around a list. */
export function acceptBracket(cursor: Cursor, bracket: '[' | ']'): boolean {
  const span = cursor.peek()?.span
  if (!span || !cursor.acceptSymbol(bracket)) return false
  const ours = bracket === '[' ? '(' : ')'
  cursor.report(foreign('a list stands in parentheses', `${bracket} → ${ours}`, span, ours))
  return true
}

/** The last value of `when(a: 1, 2)` is what holds else. */
export function reportElse(cursor: Cursor, value: Expression): void {
  const text = `else: ${formatExpression(value)}`
  const end = cursor.spanFrom(cursor.mark() - 1).end
  const start = findSpan(value)?.start ?? end
  cursor.report(foreign('what holds else is said to be that', `… → ${text}`, { start, end }, text))
}

/** `sum(amount) filter (where status = "paid")` of SQL. */
export function acceptFilter(cursor: Cursor, start: number, call: Call, parse: (cursor: Cursor) => Expression): Call {
  const hasWhere = cursor.peek(2)?.kind === 'word' && cursor.peek(2)?.value.toLowerCase() === 'where'
  if (!cursor.isWord('filter') || cursor.peek(1)?.value !== '(' || !hasWhere || call.where) return call
  for (let skipped = 0; skipped < 3; skipped++) cursor.take()
  const where = parse(cursor)
  cursor.expectSymbol(')')
  const { name, args, ascending, by, ...rest } = call
  const filtered: Call = { kind: 'call', name, args, ...(ascending ? { ascending } : {}), ...(by ? { by } : {}), where }
  const meant = cursor.place(start, { ...rest, ...filtered })
  const text = formatExpression(meant)
  cursor.report(foreign('the condition stands inside', `filter (where …) → ${text}`, cursor.spanFrom(start), text))
  return meant
}

/** `count(users, where role = "admin")`: behind a comma stands another argument. */
export function reportClauseComma(cursor: Cursor): boolean {
  const next = cursor.peek(1)
  const isClause = cursor.isWord('where') && (next?.kind === 'word' || next?.kind === 'name')
  if (!isClause || operators.test(next.value)) return false
  const span = cursor.spanFrom(cursor.mark() - 1)
  cursor.report(foreign('the condition stands behind the value without a comma', ', where → where', span, ''))
  return true
}

/** `paid_at > last 30 days`: a time is within a range. */
export function acceptRange(cursor: Cursor, operator: string): Range | undefined {
  const [second, third] = [cursor.peek(1), cursor.peek(2)]
  const isUnit = (token: typeof second) => token?.kind === 'word' && findUnit(token.value) !== undefined
  const isRange = cursor.isWord('last') && (isUnit(second) || (second?.kind === 'number' && isUnit(third)))
  if (!isRange || !['>', '>=', '='].includes(operator)) return undefined
  const span = cursor.spanFrom(cursor.mark() - 1)
  cursor.report(foreign('a time is within a range', `${operator} last → in last`, span, ' in '))
  return parseRange(cursor)
}

const operators =
  /^(and|or|not|in|is|i?like|between|contains|matches|starts|ends|before|after|since|asc|desc|by|where|over|restart|per)$/i

/** `id in (from subscription …)`, `exists (select 1 …)`, `(select max(x) …)`: rows of another model are asked over a relation. */
export function refuseSubquery(cursor: Cursor, place: 'a list' | 'a value' = 'a value'): void {
  const next = cursor.peek(1)
  const isSelect =
    cursor.isWord('select') && (next?.kind === 'number' || cursor.peek(2)?.value.toLowerCase() === 'from')
  // A column may be called `from`: then an operator follows.
  const isQuery =
    (cursor.isWord('from') || cursor.isWord('select')) && next?.kind === 'word' && !operators.test(next.value)
  if (!isQuery && !isSelect) return
  cursor.stop({
    code: 'foreign-words',
    message: place === 'a list' ? 'a list holds values, and no steps' : 'a value holds no steps of its own',
    hint: `Ask over a relation, as in \`any(invoices where amount > 100)\` or \`none(users)\`; ${
      place === 'a list' ? '' : 'a value over all rows is `max(x per all)`; '
    }rows of a block are put beside these by \`join block\`.`,
  })
}
