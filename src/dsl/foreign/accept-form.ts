import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { foreign } from '../text/parse-foreign.ts'
import { acceptDuration, isPeriod } from '../text/parse-range.ts'
import type { Duration, Expression, When } from '../tree/ast.ts'
import { parseCast, readMoment, readStretch } from './cast.ts'
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
  if (/^epoch$/i.test(part) && value.kind === 'binary' && value.operator === '-' && value.right.kind !== 'duration') {
    const seconds: Expression = { kind: 'call', name: 'seconds_between', args: [value.right, value.left] }
    return replace(cursor, start, 'extract(epoch …)', seconds)
  }
  return cursor.stop({
    code: 'foreign-words',
    message: `there is no part \`${part}\` of a time`,
    hint: 'Parts are `year_of(x)`, `month_of_year(x)`, `day_of_week(x)` and the like; a length is `seconds_between(a, b)`.',
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
  const typed = acceptTyped(cursor, start)
  if (typed) return typed
  if (!cursor.isWord('interval') || (next?.kind !== 'text' && next?.kind !== 'number')) return undefined
  cursor.take()
  const written = next.kind === 'text' ? readStretch(cursor.take()?.value ?? '') : readDuration(cursor)
  return written ? replace(cursor, start, 'interval', written) : cursor.expected('a length of time as `7 days`')
}

const readDuration = (cursor: Cursor): Expression | undefined => {
  const duration = acceptDuration(cursor)
  return duration && { kind: 'duration', ...duration }
}

const typeWords = /^(date|timestamp|timestamptz|datetime)$/i

/** `date '2025-03-14'` and `timestamp '2025-03-14 09:30'` of SQL. */
function acceptTyped(cursor: Cursor, start: number): Expression | undefined {
  const [word, value] = [cursor.peek(), cursor.peek(1)]
  if (word?.kind !== 'word' || value?.kind !== 'text' || !typeWords.test(word.value)) return undefined
  const moment = readMoment({ kind: 'text', value: value.value })
  if (!moment) return undefined
  cursor.take()
  cursor.take()
  return replace(cursor, start, `${word.value} "…"`, moment)
}

/** `2025-03-14 09:30`, where `T` belongs between the day and the time of day. */
export function acceptTimeOfDay(cursor: Cursor, start: number, day: string): Expression | undefined {
  const [hour, colon, minute, second, rest] = [0, 1, 2, 3, 4].map((ahead) => cursor.peek(ahead))
  const isNumber = (token: typeof hour) => token?.kind === 'number' && /^\d{1,2}$/.test(token.value)
  if (day.length !== 10 || !isNumber(hour) || colon?.value !== ':' || !isNumber(minute)) return undefined
  const hasSeconds = second?.value === ':' && isNumber(rest)
  const parts = [hour, minute, ...(hasSeconds ? [rest] : [])].map((one) => one!.value.padStart(2, '0'))
  const period = `${day}T${parts.join(':')}`
  if (!isPeriod(period)) return undefined
  for (let taken = 0; taken < (hasSeconds ? 5 : 3); taken++) cursor.take()
  return replace(cursor, start, `${day} ${parts.join(':')}`, { kind: 'period', period })
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
