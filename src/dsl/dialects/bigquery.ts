import { listMax } from '../functions/scalar-names.ts'
import { isLong } from '../tree/exact-number.ts'
import { ansi, writeNameWith } from './ansi.ts'
import { bigqueryFunctions } from './bigquery-functions.ts'
import { bigqueryTime } from './bigquery-time.ts'
import { bigqueryWords } from './bigquery-words.ts'
import { type AggregateParts, binding, type Dialect, type Fragment, type WriteScalar } from './dialect.ts'
import { addition, arithmetic, atom, call, compare, wrap } from './fragments.ts'

const castTo = (typeName: string, value: Fragment): Fragment =>
  atom(`CAST(${value.text} AS ${typeName})`, value.type, { isDouble: typeName === 'FLOAT64' })

const asDouble = (value: Fragment): Fragment => (value.isDouble ? value : castTo('FLOAT64', value))

const ofDoubles =
  (name: string) =>
  ({ args, suffix }: AggregateParts): Fragment =>
    atom(`${name}(${args.map((arg) => asDouble(arg).text).join(', ')})${suffix}`, 'number', { isDouble: true })

const extract =
  (name: string): WriteScalar =>
  ([value]) =>
    atom(`EXTRACT(${name} FROM ${value!.text})`, 'number')

/** `DATE_DIFF(b, a, DAY)`. */
const between =
  (name: string): WriteScalar =>
  ([from, to]) =>
    atom(`DATE_DIFF(${to!.text}, ${from!.text}, ${name})`, 'number')

/** Empty where the divisor is 0; always a fraction. */
const divide: WriteScalar = ([left, right]) =>
  atom(`SAFE_DIVIDE(${left!.text}, ${right!.text})`, 'number', { isDouble: true })

/** Its own is for whole numbers only. */
const modulo: WriteScalar = ([left, right]) => ({
  text: `${wrap(left!, binding.sum)} - ${wrap(right!, binding.product)} * TRUNC(${divide([left!, right!]).text})`,
  binds: binding.sum,
  type: 'number',
  isDouble: true,
})

const count = (text: string) => atom(text, 'number', { neverEmpty: true })

/**
 * Names of columns hold no points nor most other marks there. Columns of a table are so already; a path or a name that somebody gave has
 * them replaced, and a number of its own at its end so that it stays apart from others.
 */
function spellName(name: string): string {
  const spelled = name.replace(/[^\p{L}\p{N}_]/gu, '_')
  if (spelled === name && name.length < 300) return name
  let state = 0x811c9dc5
  for (let at = 0; at < name.length; at++) state = Math.imul(state ^ name.charCodeAt(at), 0x01000193) >>> 0
  return `${spelled.slice(0, 280)}_${state.toString(16)}`
}

/**
 * BigQuery. Columns declared `timestamp` must be of its type TIMESTAMP; a DATETIME wants a cast in a view. Not run against a live warehouse: its
 * SQL is written from the manual, and compared with golden files.
 */
export const bigquery: Dialect = {
  ...ansi,
  name: 'bigquery',
  title: 'BigQuery',
  proof: 'text',
  quote: '`',
  reservedWords: bigqueryWords,
  writeName: (name) => writeNameWith(spellName(name), '`', bigqueryWords),
  writePlaceholder: (position) => `@p${position}`,
  writeLiteral: (placeholder, { type, value }) => {
    const bare = atom(placeholder, type)
    if (type === 'date') return castTo('DATE', bare)
    if (type === 'number' && typeof value === 'string') return castTo(isLong(value) ? 'INT64' : 'BIGNUMERIC', bare)
    return type === 'timestamp' ? castTo('TIMESTAMP', bare) : bare
  },
  scalars: {
    ...ansi.scalars,
    add: addition('+', 'CAST(0 AS NUMERIC)'),
    subtract: addition('-', 'CAST(0 AS NUMERIC)'),
    multiply: arithmetic('*', binding.product, asDouble),
    divide,
    modulo,
    contains: ([text, piece]) => ({
      text: `STRPOS(LOWER(${text!.text}), LOWER(${piece!.text})) > 0`,
      binds: binding.compare,
      type: 'boolean',
    }),
    ends_with: ([text, piece]) => atom(`ENDS_WITH(LOWER(${text!.text}), LOWER(${piece!.text}))`, 'boolean'),
    substring: ([text, start, length]) =>
      call('SUBSTR', 'text')([text!, castTo('INT64', start!), castTo('INT64', length!)]),
    days_between: between('DAY'),
    months_between: between('MONTH'),
    seconds_between: ([from, to]) => ({
      text: `TIMESTAMP_DIFF(${to!.text}, ${from!.text}, MICROSECOND) / 1e6`,
      binds: binding.product,
      type: 'number',
      isDouble: true,
    }),
    year_of: extract('YEAR'),
    quarter_of_year: extract('QUARTER'),
    month_of_year: extract('MONTH'),
    day_of_month: extract('DAY'),
    // Sunday is 1 there.
    day_of_week: ([value]) => ({
      text: `MOD(EXTRACT(DAYOFWEEK FROM ${value!.text}) + 5, 7) + 1`,
      binds: binding.sum,
      type: 'number',
    }),
    hour_of_day: extract('HOUR'),
    ...bigqueryFunctions,
  },
  aggregates: {
    count: ansi.aggregates.count,
    sum: ansi.aggregates.sum,
    min: ansi.aggregates.min,
    max: ansi.aggregates.max,
    count_distinct: ({ args, suffix }) => {
      if (args.length === 1) return count(`count(DISTINCT ${args[0]!.text})${suffix}`)
      // A combination that does not count has an empty first part.
      const whole = `TO_JSON_STRING(STRUCT(${args.map(({ text }) => text).join(', ')}))`
      return count(`count(DISTINCT IF(${wrap(args[0]!, binding.sum)} IS NULL, NULL, ${whole}))${suffix}`)
    },
    avg: ofDoubles('avg'),
    stddev: ofDoubles('STDDEV_SAMP'),
    variance: ofDoubles('VAR_SAMP'),
    correlation: ofDoubles('CORR'),
    list: ({ args, suffix }) =>
      atom(`STRING_AGG(DISTINCT ${args[0]!.text}, ', ' ORDER BY ${args[0]!.text} LIMIT ${listMax})${suffix}`, 'text'),
  },
  hasFilter: false,
  writeOrder: ({ value, alias, descending }) => [(alias ?? value.text) + (descending ? ' DESC' : ' ASC NULLS LAST')],
  // An outer join wants an equality of both sides, and `IS NOT DISTINCT FROM` is none.
  writeSame: (left, right) =>
    compare('=', { neverEmpty: true })([
      atom(`TO_JSON_STRING(${left.text})`, 'text'),
      atom(`TO_JSON_STRING(${right.text})`, 'text'),
    ]),
  writeAnyText: (value) => `CAST(${value} AS STRING)`,
  chance: 'rand()',
  union: 'UNION DISTINCT',
  except: 'EXCEPT DISTINCT',
  ...bigqueryTime,
}
