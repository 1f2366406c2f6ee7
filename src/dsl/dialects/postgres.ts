import { ansi } from './ansi.ts'
import { binding, type Dialect, type Fragment, type WriteScalar } from './dialect.ts'
import { atom, cast, compare, emptyIfZero, wrap } from './fragments.ts'

/** Texts come by code point, whatever the database's own collation. */
const byCodePoint = (value: Fragment): Fragment =>
  value.type === 'text' ? { ...value, text: `${wrap(value, binding.postfix)} COLLATE "C"`, binds: binding.sign } : value

const ordered =
  (operator: string): WriteScalar =>
  ([left, right]) =>
    compare(operator)([byCodePoint(left!), right!])

const asNumeric = (value: Fragment) => cast(value, 'numeric', 'number')

/** A value of `type` that stands for "empty" in a join, beside a test that both sides are. */
const blanks = { text: "''", number: '0', boolean: 'false', date: "'-infinity'", timestamp: "'-infinity'" } as const

/** Postgres 13 and later. */
export const postgres: Dialect = {
  ...ansi,
  name: 'postgres',
  // Without a type Postgres takes a number for the type of the column beside it, and refuses 0.5 beside a whole one.
  writeLiteral: (placeholder, type, value, typed) => {
    if (type === 'number')
      return `${placeholder}::${typeof value === 'number' && Number.isSafeInteger(value) ? 'bigint' : 'double precision'}`
    if (type === 'text') return typed ? `${placeholder}::text` : placeholder
    return `${placeholder}::${type}`
  },
  scalars: {
    ...ansi.scalars,
    modulo: ([left, right]) => atom(`mod(${asNumeric(left!).text}, ${asNumeric(emptyIfZero(right!)).text})`, 'number'),
    round: ([value, digits]) =>
      atom(`round(${asNumeric(value!).text}${digits === undefined ? '' : `, ${digits.text}`})`, 'number'),
    less: ordered('<'),
    less_or_equal: ordered('<='),
    greater: ordered('>'),
    greater_or_equal: ordered('>='),
  },
  aggregates: {
    ...ansi.aggregates,
    min: ({ args, suffix }) =>
      `${args[0]!.type === 'boolean' ? 'bool_and' : 'min'}(${byCodePoint(args[0]!).text})${suffix}`,
    max: ({ args, suffix }) =>
      `${args[0]!.type === 'boolean' ? 'bool_or' : 'max'}(${byCodePoint(args[0]!).text})${suffix}`,
  },
  writeOrderKey: (key) => byCodePoint(key).text,
  // `IS NOT DISTINCT FROM` cannot be hashed there: every pair of rows would be compared.
  writeSame: (left, right) => {
    const blank = blanks[left.type ?? 'text']
    return {
      text:
        `coalesce(${left.text}, ${blank}) = coalesce(${right.text}, ${blank})` +
        ` AND (${left.text} IS NULL) = (${right.text} IS NULL)`,
      binds: binding.and,
      type: 'boolean',
      neverEmpty: true,
    }
  },
}
