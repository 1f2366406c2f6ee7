import type { Grain } from '../../base/periods.ts'
import { type AggregateParts, binding, type Dialect, type Fragment, type WriteScalar } from './dialect.ts'
import { arithmetic, atom, call, cast, chain, compare, emptyIfZero, infix, wrap } from './fragments.ts'
import { reservedWords } from './reserved-words.ts'

const extract =
  (part: string): WriteScalar =>
  ([value]) =>
    atom(`extract(${part} FROM ${value!.text})`, 'number')

const asDate = (value: Fragment) => cast(value, 'date', 'date')

/** `CASE WHEN … THEN … ELSE … END`; an `ELSE NULL` goes without saying. */
const writeCase: WriteScalar = (args) => {
  const branches = args.slice(0, -1)
  const otherwise = args.at(-1)!
  const parts: string[] = []
  for (let at = 0; at < branches.length; at += 2)
    parts.push(`WHEN ${branches[at]!.text} THEN ${branches[at + 1]!.text}`)
  if (otherwise.type !== null) parts.push(`ELSE ${otherwise.text}`)
  const type = args.find((arg, at) => (at % 2 === 1 || at === args.length - 1) && arg.type !== null)?.type ?? null
  return atom(`CASE ${parts.join(' ')} END`, type)
}

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
  (name: string) =>
  ({ args, suffix }: AggregateParts) =>
    `${name}(${args.map(({ text }) => text).join(', ')})${suffix}`

const units: Readonly<Record<Grain, string>> = {
  minute: '1 minute',
  hour: '1 hour',
  day: '1 day',
  week: '7 days',
  month: '1 month',
  quarter: '3 months',
  year: '1 year',
}

/** `INTERVAL '3 months'`: `count` periods of `grain`. */
export function writeInterval(count: number, grain: Grain): string {
  const [size = '1', unit = grain] = units[grain].split(' ')
  const total = Number(size) * count
  return `INTERVAL '${total} ${unit.replace(/s$/, '')}${Math.abs(total) === 1 ? '' : 's'}'`
}

/** Answers that follow the SQL standard where it has one, and Postgres where it has none. */
export const ansi: Omit<Dialect, 'name'> = {
  writeName: (name) =>
    /^[a-z_][a-z0-9_]*$/.test(name) && !reservedWords.has(name) ? name : `"${name.replaceAll('"', '""')}"`,
  writeLiteral: (placeholder, type) =>
    type === 'date' || type === 'timestamp' ? `${placeholder}::${type}` : placeholder,
  typeNames: {
    text: 'text',
    number: 'double precision',
    boolean: 'boolean',
    date: 'date',
    timestamp: 'timestamp',
  },
  scalars: {
    add: arithmetic('+', binding.sum),
    subtract: arithmetic('-', binding.sum),
    multiply: arithmetic('*', binding.product),
    divide: ([left, right]) => arithmetic('/', binding.product)([left!, emptyIfZero(right!)]),
    modulo: ([left, right]) => infix('%', binding.product, 'number')([left!, emptyIfZero(right!)]),
    negate: ([value]) => ({ text: `-${wrap(value!, binding.postfix)}`, binds: binding.sign, type: 'number' }),
    round: call('round', 'number'),
    floor: call('floor', 'number'),
    ceil: call('ceil', 'number'),
    abs: call('abs', 'number'),
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
    hour_of_day: extract('hour'),
  },
  aggregates: {
    count: ({ args, suffix }) => `count(${args[0]?.text ?? '*'})${suffix}`,
    count_distinct: ({ args, suffix }) =>
      args.length === 1
        ? `count(DISTINCT ${args[0]!.text})${suffix}`
        : `count(DISTINCT (${args.map(({ text }) => text).join(', ')}))${suffix}`,
    sum: aggregate('sum'),
    avg: ({ args, suffix }) => `avg(${args[0]!.text})${suffix}::double precision`,
    min: aggregate('min'),
    max: aggregate('max'),
    median: ({ args, suffix }) => `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${args[0]!.text})${suffix}`,
  },
  windowed: (name) => name !== 'count_distinct' && name !== 'median',
  writeOrderKey: (key) => key.text,
  writeSame: (left, right) => compare('IS NOT DISTINCT FROM', { neverEmpty: true })([left, right]),
  writeLocalTime: (instant, timezone) => ({
    text: `${cast(instant, 'timestamptz', 'timestamp').text} AT TIME ZONE '${timezone}'`,
    binds: binding.product,
    type: 'timestamp',
  }),
  writeSeries: (first, last, grain) => `generate_series(${first}, ${last}, ${writeInterval(1, grain)})`,
}
