import { listMax } from '../functions/scalar-names.ts'
import type { ColumnType } from '../plan/plan.ts'
import { isLong } from '../tree/exact-number.ts'
import { ansiFunctions } from './ansi-functions.ts'
import { ansiTime } from './ansi-time.ts'
import { type AggregateParts, binding, type Dialect, type Fragment, type WriteScalar } from './dialect.ts'
import {
  addition,
  arithmetic,
  atom,
  call,
  cast,
  chain,
  compare,
  emptyIfZero,
  infix,
  wrap,
  writeCase,
  writeDecimal,
} from './fragments.ts'
import { reservedWords } from './reserved-words.ts'

const extract =
  (part: string): WriteScalar =>
  ([value]) =>
    atom(`extract(${part} FROM ${value!.text})`, 'number')

const asDate = (value: Fragment) => cast(value, 'date', 'date')

const asDouble = (value: Fragment): Fragment => ({ ...cast(value, 'double precision', 'number'), isDouble: true })

/** Not three-valued: an empty condition did not hold, so its negation does. */
const writeNot: WriteScalar = ([value]) => {
  const text = value!.text
  if (text.endsWith(' IS NULL') && value!.binds === binding.compare)
    return { ...value!, text: `${text.slice(0, -' IS NULL'.length)} IS NOT NULL` }
  return value!.neverEmpty
    ? { text: `NOT ${wrap(value!, binding.sum)}`, binds: binding.not, type: 'boolean', neverEmpty: true }
    : {
        text: `${wrap(value!, binding.sum)} IS NOT TRUE`,
        binds: binding.compare,
        type: 'boolean',
        neverEmpty: true,
      }
}

const aggregate =
  (name: string, type?: ColumnType) =>
  ({ args, suffix }: AggregateParts): Fragment =>
    atom(`${name}(${args.map(({ text }) => text).join(', ')})${suffix}`, type ?? args[0]?.type ?? null)

const count = (text: string) => atom(text, 'number', { neverEmpty: true })

/** An aggregate that decimals would slow down, and whose result is no decimal. */
const ofDoubles =
  (name: string) =>
  ({ args, suffix }: AggregateParts): Fragment =>
    aggregate(name, 'number')({ args: args.map((arg) => (arg.isDouble ? arg : asDouble(arg))), suffix })

/** Bare where it may be; a NUL, which no engine takes in a name, goes. */
export const writeNameWith = (name: string, quote: string, words: ReadonlySet<string>): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !words.has(name)
    ? name
    : `${quote}${name.replaceAll('\0', '').replaceAll(quote, quote + quote)}${quote}`

/** Answers that follow the SQL standard where it has one, and Postgres where it has none. */
export const ansi: Omit<Dialect, 'name' | 'title'> = {
  proof: 'rows',
  quote: '"',
  reservedWords,
  writeName: (name) => writeNameWith(name, '"', reservedWords),
  writeColumn: (column) => column,
  dropsPrefix: true,
  writeResult: (value) => value,
  writeKey: (value) => value,
  writeConstant: (value) => value,
  writePart: (value) => value,
  placeholders: 'numbered',
  writePlaceholder: (position) => `$${position}`,
  writeParameter: ({ value }) => value,
  writeLiteral: (placeholder, { type, value }) => {
    const bare = atom(placeholder, type)
    if (type === 'number' && typeof value === 'string')
      return cast(bare, isLong(value) ? 'bigint' : writeDecimal('decimal', value), type)
    return type === 'date' || type === 'timestamp' ? cast(bare, type, type) : bare
  },
  scalars: {
    add: addition('+', '0::numeric'),
    subtract: addition('-', '0::numeric'),
    multiply: arithmetic('*', binding.product, asDouble),
    divide: ([left, right]) => arithmetic('/', binding.product, asDouble)([left!, emptyIfZero(right!)]),
    modulo: ([left, right]) => infix('%', binding.product, 'number')([left!, emptyIfZero(right!)]),
    negate: ([value]) => ({ text: `-${wrap(value!, binding.postfix)}`, binds: binding.sign, type: 'number' }),
    round: call('round', 'number'),
    floor: call('floor', 'number'),
    ceil: call('ceil', 'number'),
    abs: call('abs', 'number'),
    ...ansiFunctions,
    equals: compare('='),
    not_equals: compare('IS DISTINCT FROM', { neverEmpty: true }),
    less: compare('<'),
    less_or_equal: compare('<='),
    greater: compare('>'),
    greater_or_equal: compare('>='),
    in: ([value, ...options]) =>
      options.length === 0
        ? atom('FALSE', 'boolean', { neverEmpty: true })
        : {
            text: `${wrap(value!, binding.sum)} IN (${options.map(({ text }) => text).join(', ')})`,
            binds: binding.compare,
            type: 'boolean',
          },
    and: chain('AND'),
    or: chain('OR'),
    not: writeNot,
    is_empty: ([value]) => ({
      text: `${wrap(value!, binding.sum)} IS NULL`,
      binds: binding.compare,
      type: 'boolean',
      neverEmpty: true,
    }),
    when: writeCase,
    coalesce: (args) =>
      atom(
        `coalesce(${args.map(({ text }) => text).join(', ')})`,
        args.find(({ type }) => type !== null)?.type ?? null,
      ),
    contains: ([text, part]) => ({
      text: `strpos(lower(${text!.text}), lower(${part!.text})) > 0`,
      binds: binding.compare,
      type: 'boolean',
    }),
    starts_with: ([text, part]) => atom(`starts_with(lower(${text!.text}), lower(${part!.text}))`, 'boolean'),
    ends_with: ([text, part]) => ({
      text: `right(lower(${text!.text}), length(lower(${part!.text}))) = lower(${part!.text})`,
      binds: binding.compare,
      type: 'boolean',
    }),
    lower: call('lower', 'text'),
    upper: call('upper', 'text'),
    trim: call('trim', 'text'),
    length: call('length', 'number'),
    replace: call('replace', 'text'),
    substring: ([text, start, length]) =>
      call('substr', 'text')([text!, cast(start!, 'int', 'number'), cast(length!, 'int', 'number')]),
    concat: (args) => ({
      text: args.map((arg) => wrap(arg, binding.product)).join(' || '),
      binds: binding.sum,
      type: 'text',
    }),
    days_between: ([from, to]) => infix('-', binding.sum, 'number')([asDate(to!), asDate(from!)]),
    months_between: ([from, to]) => ({
      text:
        `(extract(year FROM ${to!.text}) - extract(year FROM ${from!.text})) * 12` +
        ` + extract(month FROM ${to!.text}) - extract(month FROM ${from!.text})`,
      binds: binding.sum,
      type: 'number',
    }),
    seconds_between: ([from, to]) =>
      atom(`extract(epoch FROM ${wrap(to!, binding.sum)} - ${wrap(from!, binding.product)})`, 'number'),
    year_of: extract('year'),
    quarter_of_year: extract('quarter'),
    month_of_year: extract('month'),
    day_of_month: extract('day'),
    day_of_week: extract('isodow'),
    day_of_year: extract('doy'),
    week_of_year: extract('week'),
    hour_of_day: extract('hour'),
    minute_of_hour: extract('minute'),
  },
  aggregates: {
    count: ({ args, suffix }) => count(`count(${args[0]?.text ?? '*'})${suffix}`),
    count_distinct: ({ args, suffix }) =>
      args.length === 1
        ? count(`count(DISTINCT ${args[0]!.text})${suffix}`)
        : count(`count(DISTINCT (${args.map(({ text }) => text).join(', ')}))${suffix}`),
    sum: aggregate('sum', 'number'),
    avg: (parts) => cast(aggregate('avg', 'number')(parts), 'double precision', 'number'),
    min: aggregate('min'),
    max: aggregate('max'),
    median: ({ args, suffix }) =>
      atom(`percentile_cont(0.5) WITHIN GROUP (ORDER BY ${args[0]!.text})${suffix}`, 'number'),
    percentile: ({ args, suffix }) =>
      atom(`percentile_cont(${args[1]!.text}) WITHIN GROUP (ORDER BY ${args[0]!.text})${suffix}`, 'number'),
    stddev: ofDoubles('stddev_samp'),
    variance: ofDoubles('var_samp'),
    correlation: ofDoubles('corr'),
    list: ({ args, suffix }) => {
      const values = `(array_agg(DISTINCT ${args[0]!.text} ORDER BY ${args[0]!.text})${suffix})`
      return atom(`array_to_string(${values}[1:${listMax}], ', ')`, 'text')
    },
  },
  hasFilter: true,
  windowed: (name) => !['count_distinct', 'median', 'percentile', 'mode', 'list'].includes(name),
  choosesByJoin: false,
  asksExistence: false,
  writeOrder: ({ value, alias, descending }) => [(alias ?? value.text) + (descending ? ' DESC NULLS LAST' : '')],
  writeMatch: (left, right) => compare('=')([left, right]),
  writeSame: (left, right) => compare('IS NOT DISTINCT FROM', { neverEmpty: true })([left, right]),
  writeAnyText: (value) => `CAST(${value} AS varchar)`,
  chance: 'random()',
  union: 'UNION',
  except: 'EXCEPT',
  writeFirst: ({ text }) => `first_value(${text})`,
  writeOnce: undefined,
  readingsMax: undefined,
  nestsUnions: false,
  keepCut: '',
  closing: [],
  ...ansiTime,
}
