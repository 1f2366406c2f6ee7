import type { ZoneOffset } from '../../base/zone-offsets.ts'
import type { ColumnType } from '../plan/plan.ts'
import { ansi } from './ansi.ts'
import { guard } from './ansi-functions.ts'
import { writeInterval, writeSeriesWith } from './ansi-time.ts'
import { binding, type Dialect, type Fragment } from './dialect.ts'
import { addition, atom, call, cast, emptyIfZero, infix, listTexts, wrap } from './fragments.ts'
import { datePattern, numberPattern, timestampPattern } from './text-patterns.ts'

const writeOffset = ({ minutes }: ZoneOffset) =>
  minutes % 60 === 0 ? writeInterval(minutes / 60, 'hour') : writeInterval(minutes, 'minute')

/** `created_at + CASE WHEN created_at < … THEN INTERVAL '2 hours' ELSE INTERVAL '3 hours' END`. */
function addOffsets(instant: Fragment, timezone: string, offsets: readonly ZoneOffset[]): Fragment {
  const base = wrap(instant, binding.sum)
  const branches = offsets.map((offset) => {
    const until = offset.until?.slice(0, 19).replace('T', ' ')
    return until ? `WHEN ${base} < TIMESTAMP '${until}' THEN ${writeOffset(offset)}` : `ELSE ${writeOffset(offset)}`
  })
  const shift = offsets.length === 1 ? writeOffset(offsets[0]!) : `CASE ${branches.join(' ')} END`
  return { text: `${base} + ${shift} /* ${timezone} */`, binds: binding.sum, type: 'timestamp' }
}

const isLike = (text: Fragment, pattern: string) => atom(`regexp_matches(${text.text}, '${pattern}')`, 'boolean')

const tryCast = (text: string, typeName: string, type: ColumnType): Fragment =>
  atom(`TRY_CAST(${text} AS ${typeName})`, type, typeName === 'DOUBLE' ? { isDouble: true } : {})

/**
 * DuckDB. Texts are compared by code point and whole numbers divide into fractions already. A column of type ENUM sorts by its own
 * order, not by text: `checkField` says so.
 */
export const duckdb: Dialect = {
  ...ansi,
  name: 'duckdb',
  title: 'DuckDB',
  // Up to 1.5.5 what a join looks for is pushed below a limit on its other side (duckdb/duckdb#22963).
  keepCut: 'MATERIALIZED ',
  // Below WITH RECURSIVE, `SELECT 1 UNION ALL SELECT 2.5` is 1 and 3 there (1.5.5).
  nestsUnions: true,
  scalars: {
    ...ansi.scalars,
    add: addition('+', '0::hugeint'),
    subtract: addition('-', '0::hugeint'),
    divide: ([left, right]) => infix('/', binding.product, 'number', { isDouble: true })([left!, emptyIfZero(right!)]),
    contains: ([text, part]) => atom(`contains(lower(${text!.text}), lower(${part!.text}))`, 'boolean'),
    ends_with: ([text, part]) => atom(`ends_with(lower(${text!.text}), lower(${part!.text}))`, 'boolean'),
    substring: (args) =>
      args.slice(1).every(({ literal }) => literal !== undefined)
        ? call('substr', 'text')(args)
        : ansi.scalars.substring(args),
    matches: call('regexp_matches', 'boolean'),
    to_text: ([value]) => {
      if (value!.type === 'date') return ansi.scalars.to_text([value!])
      const exact = cast(atom(`TRY_CAST(${value!.text} AS DECIMAL(38, 10))`, 'number'), 'text', 'text')
      return atom(`regexp_replace(${exact.text}, '[.]{0,1}0+$', '')`, 'text')
    },
    to_number: ([text]) => guard(isLike(text!, numberPattern), tryCast(text!.text, 'DOUBLE', 'number')),
    to_date: ([text]) => guard(isLike(text!, datePattern), tryCast(`substr(${text!.text}, 1, 10)`, 'DATE', 'date')),
    to_timestamp: ([text]) =>
      guard(isLike(text!, timestampPattern), tryCast(`rtrim(${text!.text}, 'Z')`, 'TIMESTAMP', 'timestamp')),
    months_between: ([from, to]) => atom(`date_diff('month', ${from!.text}, ${to!.text})`, 'number'),
  },
  aggregates: {
    ...ansi.aggregates,
    avg: ({ args, suffix }) => atom(`avg(${args[0]!.text})${suffix}`, 'number'),
    // Of decimals it would round to their scale.
    median: ({ args, suffix }) => atom(`median(${cast(args[0]!, 'double', 'number').text})${suffix}`, 'number'),
    percentile: ({ args, suffix }) =>
      atom(`quantile_cont(${cast(args[0]!, 'double', 'number').text}, ${args[1]!.text})${suffix}`, 'number'),
    // Its own `mode` takes whichever of several it has met first, and is slow with an order.
    first: ({ args: [value, by], suffix }) =>
      atom(`first(${value!.text} ORDER BY ${by!.text}, ${value!.text})${suffix}`, value!.type),
    last: ({ args: [value, by], suffix }) =>
      atom(`first(${value!.text} ORDER BY ${by!.text} DESC NULLS LAST, ${value!.text})${suffix}`, value!.type),
    fingerprint: ({ args }) => atom(`sum(hash(${listTexts(args)}))::varchar`, 'text'),
  },
  choosesByJoin: true,
  // Nothing has a type there, INT32. The narrowest number widens none.
  writePart: (value, type) => (value.type === null ? cast(value, type === 'number' ? 'tinyint' : type, type) : value),
  // `first` over a window is another function there, which takes no condition.
  windowed: (name) => name !== 'first' && name !== 'last',
  // Its conversion of a time zone takes twenty times as long as an addition, and is most of the time of a scan.
  writeLocalTime: (instant, timezone, offsets) =>
    offsets ? addOffsets(instant, timezone, offsets) : ansi.writeLocalTime(instant, timezone, undefined),
  writeMovedBy: (time, by, unit) => {
    const moved = `${wrap(time, binding.sum)} + to_${unit}s(${cast(by, unit === 'second' ? 'bigint' : 'int', 'number').text})`
    const sum: Fragment = { text: moved, binds: binding.sum, type: 'timestamp' }
    return time.type === 'date' ? cast(sum, 'date', 'date') : sum
  },
  writeSeries: (series) => writeSeriesWith((call) => `unnest(${call})`, series),
}
