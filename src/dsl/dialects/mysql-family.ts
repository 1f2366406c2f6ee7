import { isLong } from '../tree/exact-number.ts'
import { ansi, writeNameWith } from './ansi.ts'
import { chooseOfBoth, createNumberFunctions } from './ansi-functions.ts'
import { type AggregateParts, binding, type Dialect, type Fragment, type WriteScalar } from './dialect.ts'
import {
  addition,
  arithmetic,
  atom,
  call,
  compare,
  infix,
  listTexts,
  wrap,
  writeCase,
  writeDecimal,
} from './fragments.ts'
import { mysqlFunctions } from './mysql-functions.ts'
import { spellName } from './mysql-names.ts'
import { mysqlTime } from './mysql-time.ts'
import { mysqlWords } from './mysql-words.ts'

const castTo = (typeName: string, value: Fragment): Fragment =>
  atom(`CAST(${value.text} AS ${typeName})`, value.type, { isDouble: typeName === 'DOUBLE' })

const asDouble = (value: Fragment): Fragment => (value.isDouble ? value : castTo('DOUBLE', value))

/** A number that no whole-number or decimal reckoning cuts short. */
const ofDoubles =
  (name: string) =>
  ({ args, suffix }: AggregateParts): Fragment =>
    atom(`${name}(${args.map((arg) => asDouble(arg).text).join(', ')})${suffix}`, 'number', { isDouble: true })

/**
 * Neither engine has it. The variance of a sum less that of a difference is four times the covariance, and engines reckon variances without
 * losing digits to large means.
 */
function correlate({ args, suffix }: AggregateParts): Fragment {
  const [x, y] = args.map(asDouble)
  const paired = (own: Fragment, other: Fragment) => `CASE WHEN ${other.text} IS NOT NULL THEN ${own.text} END`
  const variance = (operator: string) =>
    `var_pop(${wrap(x!, binding.sum)} ${operator} ${wrap(y!, binding.product)})${suffix}`
  const spread = (own: Fragment, other: Fragment) => `stddev_pop(${paired(own, other)})${suffix}`
  return {
    text: `(${variance('+')} - ${variance('-')}) / (4 * ${spread(x!, y!)} * ${spread(y!, x!)})`,
    binds: binding.product,
    type: 'number',
    isDouble: true,
  }
}

/** `YEAR(x)`. */
const part = (name: string): WriteScalar => call(name, 'number')

const folded = (value: Fragment) => `lower(${value.text})`

/** The start (`LEFT`) or end (`RIGHT`) of a text against another, whatever their case. */
const matchEdge =
  (side: 'LEFT' | 'RIGHT'): WriteScalar =>
  ([text, edge]) => ({
    text: `${side}(${folded(text!)}, CHAR_LENGTH(${folded(edge!)})) = ${folded(edge!)}`,
    binds: binding.compare,
    type: 'boolean',
  })

/** Empty is the same as empty. */
export const isSame: WriteScalar = compare('<=>', { neverEmpty: true })

const scalars: Dialect['scalars'] = {
  ...ansi.scalars,
  add: addition('+', 'CAST(0 AS DECIMAL(20))'),
  subtract: addition('-', 'CAST(0 AS DECIMAL(20))'),
  multiply: arithmetic('*', binding.product, asDouble),
  // A division by zero is empty there without further ado.
  divide: arithmetic('/', binding.product, asDouble),
  modulo: infix('%', binding.product, 'number'),
  // Of floating point it would round halves to even.
  round: ([value, digits]) =>
    atom(`round(${castTo('DECIMAL(65, 20)', value!).text}${digits === undefined ? '' : `, ${digits.text}`})`, 'number'),
  not_equals: (args) => ({
    text: `NOT ${isSame(args).text}`,
    binds: binding.not,
    type: 'boolean',
    neverEmpty: true,
  }),
  contains: ([text, piece]) => ({
    text: `LOCATE(${folded(piece!)}, ${folded(text!)}) > 0`,
    binds: binding.compare,
    type: 'boolean',
  }),
  starts_with: matchEdge('LEFT'),
  ends_with: matchEdge('RIGHT'),
  length: call('CHAR_LENGTH', 'number'),
  // Where there is nothing to replace it does not look at what by, empty or not.
  replace: (args) => {
    const replaced = call('replace', 'text')(args)
    const by = args[2]!
    if (by.literal !== undefined && by.literal !== null) return replaced
    return writeCase([{ ...by, text: `${wrap(by, binding.sum)} IS NOT NULL` }, replaced, atom('NULL', null)])
  },
  substring: call('substr', 'text'),
  concat: call('concat', 'text'),
  days_between: ([from, to]) => call('DATEDIFF', 'number')([to!, from!]),
  months_between: ([from, to]) =>
    atom(`PERIOD_DIFF(EXTRACT(YEAR_MONTH FROM ${to!.text}), EXTRACT(YEAR_MONTH FROM ${from!.text}))`, 'number'),
  seconds_between: ([from, to]) => ({
    text: `TIMESTAMPDIFF(MICROSECOND, ${from!.text}, ${to!.text}) / 1e6`,
    binds: binding.product,
    type: 'number',
    isDouble: true,
  }),
  year_of: part('YEAR'),
  quarter_of_year: part('QUARTER'),
  month_of_year: part('MONTH'),
  day_of_month: part('DAYOFMONTH'),
  day_of_week: ([value]) => ({ text: `WEEKDAY(${value!.text}) + 1`, binds: binding.sum, type: 'number' }),
  day_of_year: part('DAYOFYEAR'),
  week_of_year: ([value]) => atom(`WEEK(${value!.text}, 3)`, 'number'),
  hour_of_day: part('HOUR'),
  minute_of_hour: part('MINUTE'),
  ...createNumberFunctions(asDouble),
  least: chooseOfBoth('least'),
  greatest: chooseOfBoth('greatest'),
  ...mysqlFunctions,
}

/** The columns themselves are compared first, by which their index can be used: they are equal whenever their letters are. */
function writeMatch(left: Fragment, right: Fragment): Fragment {
  const exact = ansi.scalars.equals([left, right])
  const [one, other] = [left.bare ?? left.text, right.bare ?? right.text]
  if ((left.bare ?? right.bare) === undefined || !left.isColumn || !right.isColumn) return exact
  return { ...exact, text: `${one} = ${other} AND ${exact.text}`, binds: binding.and }
}

/** What MariaDB and MySQL do not have in common. */
export interface MysqlVariation
  extends Pick<Dialect, 'name' | 'title' | 'proof' | 'writeSame' | 'writeOnce' | 'readingsMax'> {
  /** The first different values of a text, in order, joined by commas. */
  readonly writeList: (text: string) => string
  /** Compares texts by code point, spaces at their ends too. */
  readonly collation: string
}

/**
 * MariaDB from 10.6 and MySQL from 8.0.31. What they lack is written otherwise: a condition of an aggregate as CASE, empty values last by
 * sorting by emptiness first, a zone's clock by adding its offsets (the server's own table of zones may be empty), periods by a recursive
 * query that doubles (so that no limit on recursion is met), the period before by a join. Columns of texts are read in a collation that
 * tells all letters apart: their own mostly does not.
 */
export const createMysqlDialect = ({
  name,
  title,
  proof,
  collation,
  writeList,
  writeSame,
  writeOnce,
  readingsMax,
}: MysqlVariation): Dialect => {
  const asText = (value: string) => `CONVERT(${value} USING utf8mb4) COLLATE ${collation}`
  return {
    ...ansi,
    name,
    title,
    proof,
    quote: '`',
    reservedWords: mysqlWords,
    writeName: (written) => writeNameWith(spellName(written), '`', mysqlWords),
    writeColumn: (column) =>
      column.type === 'text'
        ? { ...column, text: asText(column.text), binds: binding.sign, bare: column.text }
        : column,
    placeholders: 'in order',
    writePlaceholder: () => '?',
    writeParameter: ({ type, value }) =>
      type === 'timestamp' ? String(value).replace('T', ' ').replace('Z', '') : value,
    // Numbers arrive as floating point, and texts without a type of their own.
    writeLiteral: (placeholder, { type, value }) => {
      const bare = atom(placeholder, type)
      if (type === 'date') return castTo('DATE', bare)
      if (type === 'timestamp') return castTo('DATETIME(6)', bare)
      if (type !== 'number') return bare
      if (typeof value === 'string') return castTo(isLong(value) ? 'SIGNED' : writeDecimal('DECIMAL', value), bare)
      return Number.isSafeInteger(value) ? castTo('SIGNED', bare) : { ...bare, isDouble: true }
    },
    scalars,
    aggregates: {
      count: ansi.aggregates.count,
      sum: ansi.aggregates.sum,
      min: ansi.aggregates.min,
      max: ansi.aggregates.max,
      // Combinations with an empty part do not count by themselves.
      count_distinct: ({ args, suffix }) =>
        atom(`count(DISTINCT ${args.map(({ text }) => text).join(', ')})${suffix}`, 'number', { neverEmpty: true }),
      avg: ofDoubles('avg'),
      stddev: ofDoubles('stddev_samp'),
      variance: ofDoubles('var_samp'),
      correlation: correlate,
      list: ({ args, suffix }) => atom(writeList(args[0]!.text) + suffix, 'text'),
      // 60 bits of each row: sums of them are whole numbers of any length.
      fingerprint: ({ args }) =>
        atom(
          `CAST(sum(CAST(conv(left(md5(json_array(${listTexts(args)})), 15), 16, 10) AS UNSIGNED)) AS CHAR)`,
          'text',
        ),
    },
    hasFilter: false,
    writeOrder: ({ value, alias, emptyAs, descending }) => {
      const key = alias ?? value.text
      if (descending) return [`${key} DESC`]
      return value.neverEmpty ? [key] : [`${wrap(emptyAs, binding.sum)} IS NULL`, key]
    },
    writeMatch,
    writeSame,
    writeAnyText: asText,
    chance: 'rand()',
    writeOnce,
    readingsMax,
    ...mysqlTime,
  }
}
