import type { Grain } from '../../base/periods.ts'
import type { MovedUnit } from '../plan/plan.ts'
import type { Dialect, Fragment } from './dialect.ts'
import { atom } from './fragments.ts'

const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']

type Moving = (time: Fragment, count: number | Fragment, unit: Grain | MovedUnit) => Fragment

/** `INTERVAL 3 MONTH`, `INTERVAL CAST(slots AS INT64) DAY`. */
const writeInterval = (count: number | Fragment, unit: Grain | MovedUnit) =>
  `INTERVAL ${typeof count === 'number' ? count : `CAST(${count.text} AS INT64)`} ${unit.toUpperCase()}`

/** Instants move by hours and days; by months they move on the calendar. */
const moveInstant: Moving = (time, count, unit) => {
  if (unit === 'month' || unit === 'quarter' || unit === 'year')
    return atom(`TIMESTAMP(DATETIME_ADD(DATETIME(${time.text}), ${writeInterval(count, unit)}))`, 'timestamp')
  const interval = unit === 'week' ? writeInterval(Number(count) * 7, 'day') : writeInterval(count, unit)
  return atom(`TIMESTAMP_ADD(${time.text}, ${interval})`, 'timestamp')
}

const move: Moving = (time, count, unit) =>
  time.type === 'date'
    ? atom(`DATE_ADD(${time.text}, ${writeInterval(count, unit)})`, 'date')
    : moveInstant(time, count, unit)

type TimeAnswers = Pick<
  Dialect,
  | 'writeStart'
  | 'writeLocalHour'
  | 'writeMoved'
  | 'writeMovedBy'
  | 'writeDisplaced'
  | 'writeMovedByClock'
  | 'zones'
  | 'writeLocalTime'
  | 'writeRangeBound'
  | 'writeSeries'
>

/** Time in BigQuery: instants are TIMESTAMP, wall clocks DATETIME, days DATE. */
export const bigqueryTime: TimeAnswers = {
  writeStart: (value, grain, weekStarts) => {
    if (grain === 'minute' || grain === 'hour')
      return atom(`TIMESTAMP_TRUNC(${value.text}, ${grain.toUpperCase()})`, 'timestamp')
    const day = value.type === 'date' ? value.text : `DATE(${value.text})`
    if (grain === 'day') return atom(day, 'date')
    const unit = grain === 'week' ? `WEEK(${days[weekStarts - 1]})` : grain.toUpperCase()
    return atom(`DATE_TRUNC(${day}, ${unit})`, 'date')
  },
  writeLocalHour: (instant, local) =>
    atom(
      `TIMESTAMP_TRUNC(TIMESTAMP_SUB(${instant.text}, INTERVAL EXTRACT(MINUTE FROM ${local.text}) MINUTE), MINUTE)`,
      'timestamp',
    ),
  writeMoved: move,
  writeMovedBy: move,
  writeDisplaced: (time, from, to) =>
    atom(
      `TIMESTAMP_ADD(${time.text}, INTERVAL TIMESTAMP_DIFF(${to.text}, ${from.text}, MICROSECOND) MICROSECOND)`,
      'timestamp',
    ),
  writeMovedByClock: (instant, timezone, count, unit) => {
    const moved = `DATETIME_ADD(DATETIME(${instant.text}, '${timezone}'), ${writeInterval(count, unit)})`
    return atom(`TIMESTAMP(${moved}, '${timezone}')`, 'timestamp')
  },
  zones: 'named',
  writeLocalTime: (instant, timezone) => atom(`DATETIME(${instant.text}, '${timezone}')`, 'timestamp'),
  writeRangeBound: undefined,
  writeSeries: ({ first, last, grain, type, name, source }) => {
    const bound = (value: Fragment) => (value.type === type ? value.text : `DATE(${value.text})`)
    const generate = type === 'date' ? 'GENERATE_DATE_ARRAY' : 'GENERATE_TIMESTAMP_ARRAY'
    const from = source === undefined ? '' : ` FROM ${source}`
    return [
      `SELECT period AS ${name}`,
      `FROM (SELECT ${bound(first)} AS first_one, ${bound(last)} AS last_one${from}) AS bounds`,
      `CROSS JOIN UNNEST(${generate}(first_one, last_one, INTERVAL 1 ${grain.toUpperCase()})) AS period`,
    ]
  },
}
