import { type Grain, grains } from '../../base/periods.ts'
import type { Duration, PeriodLiteral, Range } from '../tree/ast.ts'
import type { Cursor } from './cursor.ts'
import { foreign } from './parse-foreign.ts'

const units = new Map<string, Grain>(
  grains.flatMap((grain) => [[grain, grain] as const, [`${grain}s`, grain] as const]),
)

/** The unit of time that a word names, in singular or plural. */
export const findUnit = (word: string): Grain | undefined => units.get(word.toLowerCase())

const peekUnit = (cursor: Cursor, ahead = 0): Grain | undefined => {
  const token = cursor.peek(ahead)
  return token?.kind === 'word' ? findUnit(token.value) : undefined
}

/** `12 months`, if that stands here. */
export function acceptDuration(cursor: Cursor): Duration | undefined {
  const token = cursor.peek()
  const unit = peekUnit(cursor, 1)
  if (token?.kind !== 'number' || !unit || !/^\d+$/.test(token.value)) return undefined
  cursor.take()
  cursor.take()
  return { count: Number(token.value), unit }
}

/** Whether the text is a year, quarter, month, day or instant that exists. */
export function isPeriod(text: string): boolean {
  const match = /^(\d{4})(?:-Q[1-4]|-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?Z?)?)?)?$/.exec(text)
  if (!match) return false
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? NaN))
  const isWithin = (value: number | undefined, low: number, high: number) =>
    value === undefined || Number.isNaN(value) || (value >= low && value <= high)
  const daysInMonth = new Date(Date.UTC(year ?? 0, month ?? 1, 0)).getUTCDate()
  return (
    isWithin(year, 1, 9999) &&
    isWithin(month, 1, 12) &&
    isWithin(day, 1, daysInMonth) &&
    isWithin(hour, 0, 23) &&
    isWithin(minute, 0, 59) &&
    isWithin(second, 0, 59)
  )
}

/** A date, month, quarter or year, as `2025-03`. */
export function parsePeriod(cursor: Cursor): PeriodLiteral {
  const token = cursor.peek()
  const isYear = token?.kind === 'number' && /^\d{4}$/.test(token.value)
  const isQuotedDay = token?.kind === 'text' && /^\d{4}-\d{2}-\d{2}$/.test(token.value)
  if (!token || !(token.kind === 'period' || isYear || isQuotedDay))
    return cursor.expected(
      'a date',
      'Write a year, quarter, month or day, as `2025`, `2025-Q3`, `2025-03` or `2025-03-14`.',
    )
  if (!isPeriod(token.value))
    return cursor.stop({
      code: 'no-such-date',
      message: `\`${token.value}\` is not a date of the calendar`,
      hint: 'Write a day that exists, as `2025-02-28`.',
      span: token.span,
    })
  cursor.take()
  return token.value
}

function parseRangeBase(cursor: Cursor, hasSpan: boolean): Range {
  for (const kind of ['last', 'next'] as const)
    if (cursor.acceptWord(kind)) {
      const unit = peekUnit(cursor)
      if (unit) cursor.take()
      const duration = unit ? { count: 1, unit } : acceptDuration(cursor)
      if (!duration) return cursor.expected('a number of units', `Write the stretch as \`${kind} 12 months\`.`)
      if (duration.count < 1 || duration.count > 10_000)
        return cursor.expected('a number from 1 to 10000 before the unit')
      return { kind, ...duration }
    }
  if (cursor.acceptWord('this')) {
    const unit =
      peekUnit(cursor) ?? cursor.expected('a unit of time', 'Write `this month`, `this quarter` or `this year`.')
    cursor.take()
    return { kind: 'this', unit }
  }
  if (cursor.acceptWord('today')) return { kind: 'this', unit: 'day' }
  if (cursor.acceptWord('yesterday')) return { kind: 'last', count: 1, unit: 'day' }
  const unit = peekUnit(cursor)
  if (unit && cursor.acceptWord((cursor.peek()?.value ?? '').toLowerCase(), 'to', 'date'))
    return { kind: 'to_date', unit }
  for (const kind of ['before', 'after', 'since'] as const)
    if (cursor.acceptWord(kind)) return { kind, period: parsePeriod(cursor) }
  if (cursor.peek()?.kind === 'period' || cursor.peek()?.kind === 'number' || cursor.peek()?.kind === 'text') {
    const from = parsePeriod(cursor)
    return hasSpan && cursor.acceptWord('to')
      ? { kind: 'span', from, to: parsePeriod(cursor) }
      : { kind: 'period', period: from }
  }
  return cursor.expected(
    'a range of time or a list',
    'Write `last 12 months`, `this year`, `quarter to date`, `2025-03`, `2025-01 to 2025-06`, or `("a", "b")`.',
  )
}

/** `including this`; `including today` and `including this month` say the same. */
function acceptIncluding(cursor: Cursor): boolean {
  const start = cursor.mark()
  const isPlain = cursor.acceptWord('including', 'this')
  const unit = isPlain ? peekUnit(cursor) : undefined
  if (isPlain && !unit) return true
  if (!isPlain && !cursor.acceptWord('including', 'today')) return false
  if (unit) cursor.take()
  const span = cursor.spanFrom(start)
  cursor.report(foreign('the unit under way is `this`', '… → including this', span, 'including this'))
  return true
}

/** What may stand behind `in`: `last 24 months`, `year to date 1 year ago`, `2025-01 to 2025-03` (unless `hasSpan` is false), `last 4 weeks including this`. */
export function parseRange(cursor: Cursor, { hasSpan = true } = {}): Range {
  const start = cursor.mark()
  let range = parseRangeBase(cursor, hasSpan)
  if (acceptIncluding(cursor)) {
    if (range.kind !== 'last' && range.kind !== 'next')
      return cursor.stop({
        code: 'range',
        message: '`including this` goes with `last` or `next`',
        hint: 'Leave it out, or write `last 3 months including this`.',
        span: cursor.spanFrom(start),
      })
    range = { ...range, includingThis: true }
  }
  const ago = acceptDuration(cursor)
  if (ago) {
    cursor.expectWord('ago')
    range = { ...range, ago }
  }
  return cursor.place(start, range)
}
