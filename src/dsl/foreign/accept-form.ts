import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { foreign } from '../text/parse-foreign.ts'
import { acceptDuration } from '../text/parse-range.ts'
import type { Duration, Expression, When } from '../tree/ast.ts'
import { parseCast, readStretch } from './cast.ts'
import { findPart } from './parts.ts'

type Parse = (cursor: Cursor) => Expression

/** Reports what was written from `start` to here as `meant`. */
function replace(cursor: Cursor, start: number, what: string, meant: Expression): Expression {
  const text = formatExpression(meant)
  cursor.report(foreign(`\`${what}\` is written \`${text}\``, `${what} → ${text}`, cursor.spanFrom(start), text))
  return cursor.place(start, meant)
}

/** `case when c then a else b end`, and `case x when 1 then a end`. */
function parseCase(cursor: Cursor, start: number, parse: Parse): Expression {
  cursor.take()
  const subject = cursor.isWord('when') ? undefined : parse(cursor)
  const cases: When['cases'][number][] = []
  while (cursor.acceptWord('when')) {
    const given = parse(cursor)
    const condition: Expression = subject ? { kind: 'binary', operator: '=', left: subject, right: given } : given
    cursor.expectWord('then')
    cases.push({ condition, value: parse(cursor) })
  }
  let otherwise: Expression | undefined
  if (cursor.acceptWord('else') && !cursor.acceptWord('null')) otherwise = parse(cursor)
  cursor.expectWord('end')
  return replace(cursor, start, 'case', { kind: 'when', cases, ...(otherwise ? { otherwise } : {}) })
}

/** `extract(year from x)`. */
function parseExtract(cursor: Cursor, start: number, parse: Parse): Expression {
  const part = cursor.take()?.value ?? ''
  cursor.expectWord('from')
  const value = parse(cursor)
  cursor.expectSymbol(')')
  const meant = findPart(part, value)
  if (meant) return replace(cursor, start, `extract(${part} …)`, meant)
  return cursor.stop({
    code: 'foreign-words',
    message: `there is no part \`${part}\` of a time`,
    hint: 'Parts are `year_of(x)`, `month_of_year(x)`, `day_of_week(x)` and the like; a length is `hours_between(a, b)`.',
    span: cursor.spanFrom(start),
  })
}

/** Forms of SQL that are no calls as ours are: `case … end`, `cast(x as t)`, `extract(p from x)`, `interval '7 days'`. */
export function acceptForm(cursor: Cursor, parse: Parse): Expression | undefined {
  const start = cursor.mark()
  const [next, second] = [cursor.peek(1), cursor.peek(2)]
  const opens = next?.kind === 'symbol' && next.value === '('
  if (cursor.isWord('case') && (next?.kind === 'word' || next?.kind === 'name') && holdsWord(cursor, 'then'))
    return parseCase(cursor, start, parse)
  if (opens && (cursor.isWord('cast') || cursor.isWord('try_cast'))) {
    cursor.take()
    cursor.take()
    return parseCast(cursor, start, parse)
  }
  if (opens && cursor.isWord('extract') && second?.kind === 'word' && cursor.peek(3)?.value.toLowerCase() === 'from') {
    cursor.take()
    cursor.take()
    return parseExtract(cursor, start, parse)
  }
  if (!cursor.isWord('interval') || (next?.kind !== 'text' && next?.kind !== 'number')) return undefined
  cursor.take()
  const written = next.kind === 'text' ? readStretch(cursor.take()?.value ?? '') : readDuration(cursor)
  return written ? replace(cursor, start, 'interval', written) : cursor.expected('a length of time as `7 days`')
}

const readDuration = (cursor: Cursor): Expression | undefined => {
  const duration = acceptDuration(cursor)
  return duration && { kind: 'duration', ...duration }
}

/** Whether a word stands further on in the step. */
function holdsWord(cursor: Cursor, word: string): boolean {
  for (let ahead = 1; ; ahead++) {
    const token = cursor.peek(ahead)
    if (!token) return false
    if (token.kind === 'word' && token.value.toLowerCase() === word) return true
  }
}

/** `7 days ago` where a value stands. */
export function acceptAgo(cursor: Cursor, start: number, duration: Duration): Expression | undefined {
  if (!cursor.acceptWord('ago')) return undefined
  const isBelowDay = duration.unit === 'hour' || duration.unit === 'minute'
  const now: Expression = { kind: 'call', name: isBelowDay ? 'now' : 'today', args: [] }
  const meant: Expression = { kind: 'binary', operator: '-', left: now, right: { kind: 'duration', ...duration } }
  return replace(cursor, start, '… ago', meant)
}

const isText = (value: Expression | undefined): boolean =>
  value?.kind === 'text' || (value?.kind === 'call' && ['concat', 'text'].includes(value.name))

/** `name || " (" || plan`: texts one behind the other, where one of them is plainly a text. */
export function acceptConcat(cursor: Cursor, start: number, first: Expression, next: Parse): Expression {
  const parts = [first]
  while (cursor.isSymbol('||') && (parts.some(isText) || cursor.peek(1)?.kind === 'text')) {
    cursor.take()
    parts.push(next(cursor))
  }
  return parts.length === 1 ? first : replace(cursor, start, '||', { kind: 'call', name: 'concat', args: parts })
}
