import { listMax } from '../functions/scalar-names.ts'
import { ansi } from './ansi.ts'
import { type AggregateParts, binding, type Dialect, type Fragment, type WriteScalar } from './dialect.ts'
import { arithmetic, atom, call, cast, emptyIfZero, infix, writeDecimal } from './fragments.ts'
import { snowflakeFunctions } from './snowflake-functions.ts'
import { snowflakeTime } from './snowflake-time.ts'
import { snowflakeWords } from './snowflake-words.ts'

const asDouble = (value: Fragment): Fragment =>
  value.isDouble ? value : { ...cast(value, 'double', 'number'), isDouble: true }

const ofDoubles =
  (name: string) =>
  ({ args, suffix }: AggregateParts): Fragment =>
    atom(`${name}(${args.map((arg) => asDouble(arg).text).join(', ')})${suffix}`, 'number', {
      isDouble: true,
    })

const ranked =
  (fractionOf: (args: readonly Fragment[]) => string) =>
  ({ args, suffix }: AggregateParts): Fragment =>
    atom(`percentile_cont(${fractionOf(args)}) WITHIN GROUP (ORDER BY ${asDouble(args[0]!).text})${suffix}`, 'number', {
      isDouble: true,
    })

const extreme =
  (name: string, ofBooleans: string) =>
  ({ args, suffix }: AggregateParts): Fragment =>
    atom(`${args[0]!.type === 'boolean' ? ofBooleans : name}(${args[0]!.text})${suffix}`, args[0]!.type)

/** `f(lower(a), lower(b))`. */
const folded =
  (name: string): WriteScalar =>
  ([text, piece]) =>
    atom(`${name}(lower(${text!.text}), lower(${piece!.text}))`, 'boolean')

const part = (name: string): WriteScalar => call(name, 'number')

/**
 * A name without capital letters is written bare, which Snowflake takes in capitals: so are the names of tables that nobody quoted. Quoted are
 * names that it refuses bare, in capitals for the same reason, and all others as they are.
 */
function writeName(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$|^[A-Z_][A-Z0-9_]*$/.test(name)) return `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`
  return snowflakeWords.has(name.toLowerCase()) ? `"${name.toUpperCase()}"` : name
}

/** Snowflake. Not run against a live warehouse: its SQL is written from the manual, and compared with golden files. */
export const snowflake: Dialect = {
  ...ansi,
  name: 'snowflake',
  title: 'Snowflake',
  proof: 'text',
  reservedWords: snowflakeWords,
  writeName,
  placeholders: 'in order',
  writePlaceholder: () => '?',
  writeParameter: ({ type, value }) =>
    type === 'timestamp' ? String(value).replace('T', ' ').replace('Z', '') : value,
  writeLiteral: (placeholder, { type, value }) => {
    const bare = atom(placeholder, type)
    if (type === 'timestamp') return cast(bare, 'timestamp_ntz', type)
    if (type === 'date') return cast(bare, 'date', type)
    if (type !== 'number') return bare
    if (typeof value === 'string') return cast(bare, writeDecimal('number', value), type)
    return Number.isSafeInteger(value) ? cast(bare, 'number(38, 0)', type) : asDouble(bare)
  },
  scalars: {
    ...ansi.scalars,
    // Whole numbers and decimals have 38 digits there, and a sum of them neither wraps nor rounds.
    add: infix('+', binding.sum, 'number'),
    subtract: infix('-', binding.sum, 'number'),
    multiply: arithmetic('*', binding.product, asDouble),
    divide: ([left, right]) => arithmetic('/', binding.product, asDouble)([left!, emptyIfZero(right!)]),
    modulo: ([left, right]) => infix('%', binding.product, 'number')([left!, emptyIfZero(right!)]),
    not: (args) => {
      const [value] = args
      if (value!.neverEmpty || value!.text.endsWith(' IS NULL')) return ansi.scalars.not(args)
      return { text: `NOT coalesce(${value!.text}, FALSE)`, binds: binding.not, type: 'boolean', neverEmpty: true }
    },
    contains: folded('contains'),
    starts_with: folded('startswith'),
    ends_with: folded('endswith'),
    substring: call('substr', 'text'),
    days_between: ([from, to]) => atom(`datediff('day', ${from!.text}, ${to!.text})`, 'number'),
    months_between: ([from, to]) => atom(`datediff('month', ${from!.text}, ${to!.text})`, 'number'),
    seconds_between: ([from, to]) => ({
      text: `datediff('microsecond', ${from!.text}, ${to!.text})::double / 1000000`,
      binds: binding.product,
      type: 'number',
      isDouble: true,
    }),
    year_of: part('year'),
    quarter_of_year: part('quarter'),
    month_of_year: part('month'),
    day_of_month: part('day'),
    day_of_week: part('dayofweekiso'),
    hour_of_day: part('hour'),
    ...snowflakeFunctions,
  },
  aggregates: {
    ...ansi.aggregates,
    // Combinations with an empty part do not count by themselves.
    count_distinct: ({ args, suffix }) =>
      atom(`count(DISTINCT ${args.map(({ text }) => text).join(', ')})${suffix}`, 'number', { neverEmpty: true }),
    avg: ofDoubles('avg'),
    stddev: ofDoubles('stddev_samp'),
    variance: ofDoubles('var_samp'),
    correlation: ofDoubles('corr'),
    min: extreme('min', 'booland_agg'),
    max: extreme('max', 'boolor_agg'),
    median: ranked(() => '0.5'),
    percentile: ranked(([, fraction]) => fraction!.text),
    list: ({ args, suffix }) => {
      const { text } = args[0]!
      const values = `array_agg(DISTINCT ${text}) WITHIN GROUP (ORDER BY ${text})${suffix}`
      // Of no values it makes a list without any, which is no text.
      return atom(`nullif(array_to_string(array_slice(${values}, 0, ${listMax}), ', '), '')`, 'text')
    },
  },
  hasFilter: false,
  chance: 'uniform(0::float, 1::float, random())',
  ...snowflakeTime,
}
