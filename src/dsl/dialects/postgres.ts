import { isLong } from '../tree/exact-number.ts'
import { ansi } from './ansi.ts'
import { type AggregateParts, binding, type Dialect, type Fragment, type WriteScalar } from './dialect.ts'
import { atom, cast, compare, emptyIfZero, listTexts, wrap } from './fragments.ts'

/** Texts come by code point, whatever the database's own collation. */
const byCodePoint = (value: Fragment): Fragment =>
  value.type === 'text' ? { ...value, text: `${wrap(value, binding.postfix)} COLLATE "C"`, binds: binding.sign } : value

const ordered =
  (operator: string): WriteScalar =>
  ([left, right]) =>
    compare(operator)([byCodePoint(left!), right!])

const asNumeric = (value: Fragment) => cast(value, 'numeric', 'number')
/** With all digits: of a double precision, `::numeric` keeps fifteen. */
const asNumericWhole = (value: Fragment) =>
  asNumeric(/::(bigint|numeric)$/.test(value.text) ? value : cast(value, 'text', 'text'))

const extreme =
  (name: string, ofBooleans: string) =>
  ({ args, suffix }: AggregateParts): Fragment => {
    const [value] = args
    const call = value!.type === 'boolean' ? ofBooleans : name
    const found = atom(`${call}(${byCodePoint(value!).text})${suffix}`, value!.type)
    // Or else `lower` and `upper` of it would know no letters but those of English.
    return value!.type === 'text' ? { ...found, text: `${found.text} COLLATE "default"`, binds: binding.sign } : found
  }

/** A column of somebody's table as it is there, beside another such column. */
const asStored = (value: Fragment): Fragment =>
  value.bare === undefined ? value : { ...value, text: value.bare, binds: binding.atom }

/** A value of `type` that stands for "empty" in a join, beside a test that both sides are. */
const blanks = { text: "''", number: '0', boolean: 'false', date: "'-infinity'", timestamp: "'-infinity'" } as const

/** Postgres 13 and later. */
export const postgres: Dialect = {
  ...ansi,
  name: 'postgres',
  title: 'Postgres',
  asksExistence: true,
  // What is read as text may be a uuid, an enumeration, json: these have no letters, no collation, and refuse values that they do not have.
  writeColumn: (column) =>
    column.type === 'text' ? { ...column, ...cast(column, 'text', 'text'), bare: column.text } : column,
  // The columns themselves are compared, by which their index can be used.
  writeMatch: (left, right) =>
    compare('=')(
      left.bare !== undefined && right.bare !== undefined ? [asStored(left), asStored(right)] : [left, right],
    ),
  // Without a type Postgres takes a number for the type of the column beside it, and refuses 0.5 beside a whole one.
  writeLiteral: (placeholder, { type, value }, typed) => {
    const bare = atom(placeholder, type)
    if (typeof value === 'string' && type === 'number') return cast(bare, isLong(value) ? 'bigint' : 'numeric', type)
    if (type === 'number') return cast(bare, Number.isSafeInteger(value) ? 'bigint' : 'double precision', type)
    return type === 'text' && !typed ? bare : cast(bare, type, type)
  },
  scalars: {
    ...ansi.scalars,
    modulo: ([left, right]) =>
      atom(`mod(${asNumericWhole(left!).text}, ${asNumericWhole(emptyIfZero(right!)).text})`, 'number'),
    round: ([value, digits]) =>
      atom(`round(${asNumeric(value!).text}${digits === undefined ? '' : `, ${digits.text}`})`, 'number'),
    less: ordered('<'),
    less_or_equal: ordered('<='),
    greater: ordered('>'),
    greater_or_equal: ordered('>='),
  },
  aggregates: {
    ...ansi.aggregates,
    // different ones are counted as the column has them: uuids in half the time
    count_distinct: ({ args, suffix }) => ansi.aggregates.count_distinct({ args: args.map(asStored), suffix }),
    min: extreme('min', 'bool_and'),
    max: extreme('max', 'bool_or'),
    // Of several it takes the first in that order.
    mode: ({ args: [value], suffix }) =>
      atom(`mode() WITHIN GROUP (ORDER BY ${byCodePoint(value!).text})${suffix}`, value!.type),
    // By code point only while it is sorted: in that order nothing but A to Z has a lower case.
    list: ({ args, suffix }) => {
      const list = ansi.aggregates.list({ args: args.map(byCodePoint), suffix })
      return atom(`(${list.text}) COLLATE "default"`, 'text')
    },
    fingerprint: ({ args }) => atom(`sum(hash_record_extended(ROW(${listTexts(args)}), 0))::text`, 'text'),
  },
  writeOrder: ({ value, alias, descending }) => {
    const key = value.type === 'text' || alias === undefined ? byCodePoint(value).text : alias
    return [key + (descending ? ' DESC NULLS LAST' : '')]
  },
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
