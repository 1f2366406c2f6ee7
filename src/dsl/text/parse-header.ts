import { suggestNames } from '../../base/did-you-mean.ts'
import type { FieldType } from '../../catalog/catalog.ts'
import type { Header, Parameter } from '../tree/ast.ts'
import { describeValueType, parameterTypes, readParameterValue } from '../tree/parameters.ts'
import type { Cursor } from './cursor.ts'
import { parseName } from './parse-names.ts'
import { isPeriod } from './parse-range.ts'

/** The header with the line at the cursor: `title "…"`, `as of 2026-09-30`, `timezone Europe/Tallinn`, `param x text = "…"`. */
export function readHeaderLine(cursor: Cursor, header: Header): Header | undefined {
  if (cursor.isWord('title') && cursor.peek(1)?.kind === 'text' && cursor.acceptWord('title'))
    return { ...header, title: cursor.take()?.value ?? '' }
  if (cursor.acceptWord('as', 'of')) return { ...header, asOf: readAsOf(cursor) }
  if (cursor.isWord('param') && ['word', 'name'].includes(cursor.peek(1)?.kind ?? ''))
    return { ...header, params: Object.freeze([...(header.params ?? []), readParameter(cursor, header)]) }
  return cursor.acceptWord('timezone') ? { ...header, timezone: readTimezone(cursor) } : undefined
}

function readAsOf(cursor: Cursor): string {
  const asOf = cursor.peek()?.value ?? ''
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf) || !isPeriod(asOf))
    return cursor.expected('a day', 'Write the day as `as of 2026-09-30`.')
  cursor.take()
  return asOf
}

function readTimezone(cursor: Cursor): string {
  const start = cursor.mark()
  let timezone = ''
  while (!cursor.isAtEnd()) timezone += cursor.take()?.value ?? ''
  if (isTimezone(timezone)) return timezone
  return cursor.stop({
    code: 'unknown-timezone',
    message: `there is no time zone \`${timezone}\``,
    hint: 'Write its IANA name, as `timezone Europe/Tallinn`.',
    span: cursor.spanFrom(start),
    candidates: suggestNames(timezone, Intl.supportedValuesOf('timeZone')),
  })
}

const knownTimezones = new Set<string>(['UTC'])
/** Names, not offsets; asked once a name. */
function isTimezone(name: string): boolean {
  if (knownTimezones.has(name)) return true
  if (!/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false
  try {
    Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    return false
  }
  knownTimezones.add(name)
  return true
}

const isType = (word: string): word is FieldType => (parameterTypes as readonly string[]).includes(word)

function readType(cursor: Cursor): FieldType {
  const token = cursor.peek()
  const word = token?.value.toLowerCase() ?? ''
  if (token?.kind === 'word' && isType(word)) {
    cursor.take()
    return word
  }
  return cursor.expected(
    `a type (${parameterTypes.join(', ')})`,
    'Write `param <name> <type> = <value>`, as `param country text = "EE"`.',
  )
}

/** `param country text = "EE"`; the value stands where none is given. */
function readParameter(cursor: Cursor, { params = [] }: Header): Parameter {
  const start = cursor.mark()
  cursor.take()
  const name = parseName(cursor, 'a name for the parameter')
  if (params.some((one) => one.name === name))
    cursor.report({
      code: 'name-taken',
      message: `there is already a parameter \`${name}\``,
      hint: 'Give each parameter a name of its own.',
      span: cursor.spanFrom(start),
    })
  const type = readType(cursor)
  cursor.expectSymbol('=')
  const at = cursor.peek()
  const value = readWrittenValue(cursor, type)
  if (value === undefined)
    return cursor.stop({
      code: 'parameter-value',
      message: `\`${name}\` is ${describeValueType(type)}, and its value is not`,
      hint: 'The value stands where none is given; write one of the type.',
      span: at?.span,
    })
  return cursor.place(start, { name, type, value })
}

/** The value at the cursor, if it is one of the type. */
function readWrittenValue(cursor: Cursor, type: FieldType): Parameter['value'] | undefined {
  const isNegative = type === 'number' && cursor.acceptSymbol('-')
  const token = cursor.take()
  const kinds: Readonly<Record<FieldType, readonly string[]>> = {
    text: ['text'],
    number: ['number'],
    boolean: ['word'],
    date: ['period', 'text'],
    timestamp: ['period', 'text'],
  }
  if (!token || !kinds[type].includes(token.kind)) return undefined
  return readParameterValue(`${isNegative ? '-' : ''}${token.value}`, type)
}
