import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { foreign } from '../text/parse-foreign.ts'
import { findUnit, isPeriod } from '../text/parse-range.ts'
import type { Expression } from '../tree/ast.ts'

const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: 'call', name, args })

const kinds: Readonly<Record<string, 'date' | 'text' | 'whole' | 'number' | 'time' | 'boolean' | 'stretch'>> = {
  date: 'date',
  text: 'text',
  varchar: 'text',
  char: 'text',
  character: 'text',
  string: 'text',
  int: 'whole',
  int4: 'whole',
  int8: 'whole',
  integer: 'whole',
  bigint: 'whole',
  smallint: 'whole',
  float: 'number',
  float8: 'number',
  double: 'number',
  real: 'number',
  numeric: 'number',
  decimal: 'number',
  timestamp: 'time',
  timestamptz: 'time',
  datetime: 'time',
  bool: 'boolean',
  boolean: 'boolean',
  interval: 'stretch',
}

/** A text as the length of time that it says: `7 days`. */
export function readStretch(text: string): Expression | undefined {
  const [, count, word = ''] = /^(\d{1,6}) *([a-z]+)$/i.exec(text.trim()) ?? []
  const unit = findUnit(word)
  return unit === undefined ? undefined : { kind: 'duration', count: Number(count), unit }
}

/** A text that is written out as a date or a time. */
export function readMoment(value: Expression): Expression | undefined {
  if (value.kind !== 'text') return undefined
  const period = value.value.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T')
  return isPeriod(period) ? { kind: 'period', period } : undefined
}

function convert(value: Expression, type: string, digits: number | undefined): Expression | undefined {
  switch (kinds[type.toLowerCase()]) {
    case 'date':
      return readMoment(value) ?? call('date', value)
    case 'text':
      return call('text', value)
    case 'whole':
      return call('round', call('number', value))
    case 'number':
      return digits === undefined
        ? call('number', value)
        : call('round', call('number', value), { kind: 'number', value: digits })
    case 'time':
      return readMoment(value) ?? value
    case 'boolean':
      return value
    case 'stretch':
      return value.kind === 'text' ? readStretch(value.value) : undefined
    default:
      return undefined
  }
}

/** The name of a type as SQL writes it, and the digits behind the point where it says them: `numeric(10, 2)`, `timestamp with time zone`. */
function parseType(cursor: Cursor): { readonly type: string; readonly digits: number | undefined } {
  const type = cursor.take()?.value ?? ''
  cursor.acceptWord('precision') || cursor.acceptWord('varying')
  let digits: number | undefined
  if (kinds[type.toLowerCase()] !== undefined && cursor.acceptSymbol('(')) {
    cursor.take()
    if (cursor.acceptSymbol(',')) digits = Number(cursor.take()?.value)
    cursor.expectSymbol(')')
  }
  if (cursor.isWord('with', 'time', 'zone') || cursor.isWord('without', 'time', 'zone'))
    for (let word = 0; word < 3; word++) cursor.take()
  return { type, digits }
}

/** `value` as a type that SQL names, at the cursor; `close` ends what is replaced. */
function finish(cursor: Cursor, start: number, value: Expression, close: () => void): Expression {
  const { type, digits } = parseType(cursor)
  close()
  const span = cursor.spanFrom(start)
  const meant = convert(value, type, digits)
  if (!meant)
    return cursor.stop({
      code: 'foreign-words',
      message: `there is no type \`${type}\` to turn a value into`,
      hint: 'Write `number(x)`, `text(x)`, `date(x)` or `timestamp(x)`.',
      span,
    })
  const text = formatExpression(meant)
  cursor.report(foreign(`a value of another type is written \`${text}\``, `cast → ${text}`, span, text))
  return cursor.place(start, meant)
}

/** `x::date` of Postgres, behind a value. */
export function acceptCasts(cursor: Cursor, start: number, value: Expression): Expression {
  const [first, second] = [cursor.peek(), cursor.peek(1)]
  const isCast = first?.value === ':' && second?.value === ':' && first.span.end === second.span.start
  if (!isCast || first?.kind !== 'symbol' || cursor.peek(2)?.kind !== 'word') return value
  cursor.take()
  cursor.take()
  return acceptCasts(
    cursor,
    start,
    finish(cursor, start, value, () => undefined),
  )
}

/** `cast(x as date)`, from behind its parenthesis. */
export function parseCast(cursor: Cursor, start: number, parse: (cursor: Cursor) => Expression): Expression {
  const value = parse(cursor)
  cursor.expectWord('as')
  return finish(cursor, start, value, () => cursor.expectSymbol(')'))
}
