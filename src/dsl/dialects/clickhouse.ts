import { listMax } from '../functions/scalar-names.ts'
import { isLong } from '../tree/exact-number.ts'
import { ansi, writeNameWith } from './ansi.ts'
import { clickhouseFunctions } from './clickhouse-functions.ts'
import { clickhouseSettings } from './clickhouse-settings.ts'
import { clickhouseTime, writeWhole } from './clickhouse-time.ts'
import { clickhouseWords } from './clickhouse-words.ts'
import { type AggregateParts, binding, type Dialect, type Fragment, type WriteScalar } from './dialect.ts'
import {
  addition,
  arithmetic,
  atom,
  call,
  compare,
  emptyIfZero,
  infix,
  listTexts,
  wrap,
  writeCase,
  writeDecimal,
} from './fragments.ts'

const asDouble = (value: Fragment): Fragment => atom(`toFloat64(${value.text})`, 'number', { isDouble: true })

const isPlain = ({ literal }: Fragment) => typeof literal === 'number' && Number.isInteger(literal) && literal >= 0

/** More digits than a double keeps: bound as 64 bits. */
const isLongLiteral = ({ literal }: Fragment) => typeof literal === 'string' && isLong(literal)

/**
 * Numbers that stand for one another, as the branches of a CASE do. ClickHouse finds a type for whole numbers of one column and small
 * literals, but none for an Int64 and a Float64: then all are floating point.
 */
function alike(values: readonly Fragment[]): readonly Fragment[] {
  const numbers = values.filter(({ type }) => type === 'number')
  if (numbers.every((value) => isPlain(value) || isLongLiteral(value))) return values
  const others = new Map(numbers.filter((value) => !isPlain(value)).map((value) => [value.text, value]))
  const isAlike = others.size === 0 || (others.size === 1 && [...others.values()][0]!.literal === undefined)
  if (isAlike || [...others.values()].every(({ isDouble }) => isDouble)) return values
  return values.map((value) => (value.type === 'number' && !value.isDouble ? asDouble(value) : value))
}

/**
 * A zero that came of `ceil(-0.5)` or `0 / -1` is another than 0 where ClickHouse hashes: in groups, distinct values and lists. Numbers as they
 * stand in a table are taken as they are.
 */
function unifyZeros(value: Fragment): Fragment {
  if (value.type !== 'number' || value.isStored || value.literal !== undefined) return value
  return { ...value, text: `${wrap(value, binding.sum)} + 0`, binds: binding.sum }
}

const writeWhen: WriteScalar = (args) => {
  const isValue = (at: number) => at % 2 === 1 || at === args.length - 1
  const values = alike(args.filter((_, at) => isValue(at)))
  let next = 0
  return writeCase(args.map((arg, at) => (isValue(at) ? values[next++]! : arg)))
}

/** A day beside an instant is its midnight in UTC, whatever zone the instant's column has. */
const asInstant = (value: Fragment): Fragment =>
  value.type === 'date' ? atom(`toDateTime64(${value.text}, 6, 'UTC')`, 'timestamp') : value

const compared =
  (operator: string, extra?: Parameters<typeof compare>[1]): WriteScalar =>
  (sides) =>
    compare(operator, extra)(sides.some(({ type }) => type === 'timestamp') ? sides.map(asInstant) : sides)

const equals = compared('=')

/** It compares any numbers, but tells only those of one family apart where they may be empty. */
const writeNotEquals: WriteScalar = (sides) => {
  const [left, right] = sides
  if (left!.type !== 'number' || right!.type !== 'number')
    return compared('IS DISTINCT FROM', { neverEmpty: true })(sides)
  const { text } = equals(sides)
  const neither = `${wrap(left!, binding.sum)} IS NULL AND ${wrap(right!, binding.sum)} IS NULL`
  return {
    text: `NOT ifNull(${text}, ${right!.literal === undefined ? neither : 'FALSE'})`,
    binds: binding.not,
    type: 'boolean',
    neverEmpty: true,
  }
}

/** A list holds literals only. */
const writeIn: WriteScalar = (args) => {
  const [value, ...options] = args
  if (options.every(({ literal }) => literal !== undefined)) return ansi.scalars.in([unifyZeros(value!), ...options])
  return ansi.scalars.or(options.map((option) => equals([value!, option])))
}

/** Its own `round` takes halves to the even neighbour. */
const writeRound: WriteScalar = ([value, digits]) => {
  const factor = 10 ** Number(digits?.text ?? 0)
  const scaled = factor === 1 ? `abs(${value!.text})` : `abs(${value!.text}) * ${factor}`
  return {
    text: `sign(${value!.text}) * floor(${scaled} + 0.5)${factor === 1 ? '' : ` / ${factor}`}`,
    binds: binding.product,
    type: 'number',
    isDouble: true,
  }
}

const asWhole = (value: Fragment): string => (value.literal === undefined ? writeWhole(value) : value.text)

const extreme =
  (name: string) =>
  ({ args, suffix }: AggregateParts): Fragment =>
    atom(`${name}(${args[0]!.text})${suffix}`, args[0]!.type)

const ofDoubles =
  (name: string) =>
  ({ args, suffix }: AggregateParts): Fragment => {
    const value = args[0]!.isDouble ? args[0]! : asDouble(args[0]!)
    return atom(`${name}(${value.text})${suffix}`, 'number', { isDouble: true })
  }

/** `result`, or nothing where no more than so many values were there. */
const unlessFewer = (result: Fragment, { args, suffix }: AggregateParts, most: number): Fragment =>
  atom(`if(count(${args[0]!.text})${suffix} > ${most}, ${result.text}, NULL)`, result.type)

/** An aggregate that gives no number where it has too few values. */
const ofSeveral =
  (name: string, most: number) =>
  (parts: AggregateParts): Fragment => {
    const values = parts.args.map((arg) => (arg.isDouble ? arg : asDouble(arg)).text)
    return unlessFewer(atom(`${name}(${values.join(', ')})${parts.suffix}`, 'number'), parts, most)
  }

/**
 * ClickHouse, as the settings at the end of the SQL make it. A column of it is as wide as it was declared, and arithmetic wraps around where
 * it overflows: so sums are decimals of 38 digits, and other arithmetic is floating point (`asDouble` is the one place). Its CTEs are
 * written out wherever they are read, each time anew.
 */
export const clickhouse: Dialect = {
  ...ansi,
  name: 'clickhouse',
  title: 'ClickHouse',
  readingsMax: 2_000,
  reservedWords: clickhouseWords,
  writeName: (name) => writeNameWith(name.replaceAll('\\', '\\\\'), '"', clickhouseWords),
  writePlaceholder: (position, bound) => `{p${position}:${chooseType(bound)}}`,
  writeParameter: ({ type, value }) =>
    type === 'timestamp' ? String(value).replace('T', ' ').replace(/Z$/, '') : value,
  writeLiteral: (placeholder, { type, value }) =>
    atom(
      placeholder,
      type,
      type === 'number' && typeof value === 'number' && !Number.isSafeInteger(value) ? { isDouble: true } : {},
    ),
  scalars: {
    ...ansi.scalars,
    add: addition('+', 'toDecimal128(0, 0)'),
    subtract: addition('-', 'toDecimal128(0, 0)'),
    multiply: arithmetic('*', binding.product, asDouble),
    divide: ([left, right]) => arithmetic('/', binding.product, asDouble)([left!, emptyIfZero(right!)]),
    modulo: ([left, right]) => arithmetic('%', binding.product, asDouble)([left!, emptyIfZero(right!)]),
    round: writeRound,
    equals,
    not_equals: writeNotEquals,
    less: compared('<'),
    less_or_equal: compared('<='),
    greater: compared('>'),
    greater_or_equal: compared('>='),
    in: writeIn,
    not: (args) =>
      args[0]!.neverEmpty
        ? ansi.scalars.not(args)
        : { text: `NOT ifNull(${args[0]!.text}, FALSE)`, binds: binding.not, type: 'boolean', neverEmpty: true },
    when: writeWhen,
    coalesce: (args) => ansi.scalars.coalesce(alike(args)),
    contains: ([text, part]) => ({
      text: `position(lowerUTF8(${text!.text}), lowerUTF8(${part!.text})) > 0`,
      binds: binding.compare,
      type: 'boolean',
    }),
    starts_with: ([text, part]) => atom(`startsWith(lowerUTF8(${text!.text}), lowerUTF8(${part!.text}))`, 'boolean'),
    ends_with: ([text, part]) => atom(`endsWith(lowerUTF8(${text!.text}), lowerUTF8(${part!.text}))`, 'boolean'),
    lower: call('lowerUTF8', 'text'),
    upper: call('upperUTF8', 'text'),
    trim: call('trimBoth', 'text'),
    length: call('lengthUTF8', 'number'),
    replace: call('replaceAll', 'text'),
    substring: ([text, start, length]) =>
      atom(`substringUTF8(${text!.text}, ${asWhole(start!)}, ${asWhole(length!)})`, 'text'),
    days_between: ([from, to]) => atom(`dateDiff('day', ${from!.text}, ${to!.text})`, 'number'),
    months_between: ([from, to]) => atom(`dateDiff('month', ${from!.text}, ${to!.text})`, 'number'),
    seconds_between: ([from, to]) =>
      infix('/', binding.product, 'number', { isDouble: true })([
        atom(`dateDiff('microsecond', ${from!.text}, ${to!.text})`, 'number'),
        atom('1000000', 'number'),
      ]),
    year_of: call('toYear', 'number'),
    quarter_of_year: call('toQuarter', 'number'),
    month_of_year: call('toMonth', 'number'),
    day_of_month: call('toDayOfMonth', 'number'),
    day_of_week: call('toDayOfWeek', 'number'),
    day_of_year: call('toDayOfYear', 'number'),
    week_of_year: call('toISOWeek', 'number'),
    hour_of_day: ([value]) => clickhouseTime.writePart('toHour', value!),
    minute_of_hour: ([value]) => clickhouseTime.writePart('toMinute', value!),
    ...clickhouseFunctions(asDouble, alike),
  },
  aggregates: {
    ...ansi.aggregates,
    // `count(DISTINCT …)` may be set to an estimate.
    count_distinct: ({ args, suffix }) =>
      atom(`uniqExact(${args.map((arg) => unifyZeros(arg).text).join(', ')})${suffix}`, 'number', { neverEmpty: true }),
    sum: ({ args, suffix }) => {
      const [value] = args
      if (value!.isDouble) return atom(`sumOrNull(${value!.text})${suffix}`, 'number', { isDouble: true })
      return atom(`sumOrNull(${wrap(value!, binding.sum)} + toDecimal128(0, 0))${suffix}`, 'number')
    },
    avg: ofDoubles('avgOrNull'),
    min: extreme('minOrNull'),
    max: extreme('maxOrNull'),
    median: ofDoubles('quantileExactInclusiveOrNull(0.5)'),
    percentile: ({ args: [value, fraction], suffix }) =>
      ofDoubles(`quantileExactInclusiveOrNull(${fraction!.text})`)({ args: [value!], suffix }),
    stddev: ofSeveral('stddevSampStable', 1),
    variance: ofSeveral('varSampStable', 1),
    correlation: ofSeveral('corrStable', 1),
    list: (parts) => {
      const [value] = parts.args
      const values = `arraySlice(arraySort(groupUniqArray(${value!.text})${parts.suffix}), 1, ${listMax})`
      return unlessFewer(atom(`arrayStringConcat(${values}, ', ')`, 'text'), parts, 0)
    },
    // A hash of several values is empty where one of them is; a text of them is not.
    fingerprint: ({ args }) => atom(`toString(sum(cityHash64(toString(tuple(${listTexts(args)})))))`, 'text'),
  },
  dropsPrefix: false,
  windowed: () => true,
  // The alias may be the name of a column, which would be meant.
  writeOrder: ({ value, descending }) => [value.text + (descending ? ' DESC NULLS LAST' : '')],
  writeKey: unifyZeros,
  // A join refuses a key that it can see to be a constant.
  writeConstant: (value) => ({ ...value, text: `materialize(${value.text})`, binds: binding.atom }),
  writePart: (value) => (value.isDouble || value.type === null ? value : asDouble(value)),
  writeResult: (value) => (value.type === 'boolean' ? atom(`toBool(${value.text})`, 'boolean') : value),
  writeAnyText: (value) => `toString(${value})`,
  chance: 'randCanonical()',
  union: 'UNION DISTINCT',
  except: 'EXCEPT DISTINCT',
  // Its own passes over what is empty, and gives a zero of no rows where the column cannot be.
  writeFirst: ({ text }) => `first_value(toNullable(${text})) RESPECT NULLS`,
  ...clickhouseTime.answers,
  closing: [
    `SETTINGS ${Object.entries(clickhouseSettings)
      .map(([name, value]) => `${name} = ${value}`)
      .join(', ')}`,
  ],
}

/** The narrowest type that holds a literal, since that goes together with most columns. */
function chooseType({ type, value }: Parameters<Dialect['writeParameter']>[0]): string {
  if (type === 'text') return 'String'
  if (type === 'date') return 'Date32'
  if (type === 'timestamp') return "DateTime64(6, 'UTC')"
  if (type === 'boolean') return 'Bool'
  if (typeof value === 'string') return isLong(value) ? 'Int64' : writeDecimal('Decimal', value)
  if (!Number.isSafeInteger(value)) return 'Float64'
  const number = Number(value)
  if (number >= 0) return number < 2 ** 32 ? 'UInt32' : 'Int64'
  return number >= -(2 ** 31) ? 'Int32' : 'Int64'
}
