import type { Grain } from '../../base/periods.ts'
import type { ZoneOffset } from '../../base/zone-offsets.ts'
import { binding, type Dialect, type Fragment, type PeriodSeries } from './dialect.ts'
import { atom, wrap } from './fragments.ts'

const writeInterval = (count: number | string, grain: Grain) => `INTERVAL ${count} ${grain.toUpperCase()}`

/** `202410270100`: an instant, to the minute, as the number that MySQL makes of it. */
const writeMinute = (instant: string) => instant.slice(0, 16).replace(/[-:T]/g, '')

const isAlternating = (minutes: readonly number[]) => minutes.every((one, at) => one === minutes[at % 2])

/**
 * `x + INTERVAL 120 + 60 * (INTERVAL((x + 0) DIV 100, changes …) % 2) MINUTE`: the function INTERVAL tells, by halving, how many changes lie
 * behind an instant. Where offsets do not simply take turns, they are listed.
 */
function addOffsets(instant: Fragment, timezone: string, offsets: readonly ZoneOffset[]): Fragment {
  const minutes = offsets.map((offset) => offset.minutes)
  const changes = offsets.flatMap(({ until }) => (until === undefined ? [] : [writeMinute(until)]))
  const base = wrap(instant, binding.sum)
  const [first = 0, second = first] = minutes
  const passed = `INTERVAL((${base} + 0) DIV 100, ${changes.join(', ')})`
  const chosen =
    changes.length === 0
      ? String(first)
      : isAlternating(minutes)
        ? `(${first} ${second < first ? '-' : '+'} ${Math.abs(second - first)} * (${passed} % 2))`
        : `ELT(1 + ${passed}, ${minutes.join(', ')})`
  return { text: `${base} + INTERVAL ${chosen} MINUTE /* ${timezone} */`, binds: binding.sum, type: 'timestamp' }
}

/** Written so that `value`, which may be long, stands there once. */
function writeStart(value: Fragment, grain: Grain, weekStarts: number): Fragment {
  if (grain === 'minute' || grain === 'hour') {
    const format = grain === 'minute' ? '%Y-%m-%d %H:%i:00' : '%Y-%m-%d %H:00:00'
    return atom(`CAST(DATE_FORMAT(${value.text}, '${format}') AS DATETIME)`, 'timestamp')
  }
  if (grain === 'day') return atom(`DATE(${value.text})`, 'date')
  if (grain === 'year') return atom(`MAKEDATE(YEAR(${value.text}), 1)`, 'date')
  if (grain === 'month')
    return { text: `LAST_DAY(${value.text}) + INTERVAL 1 DAY - INTERVAL 1 MONTH`, binds: binding.sum, type: 'date' }
  // Day 2 was a Monday.
  const first = 1 + weekStarts
  if (grain === 'week') return atom(`FROM_DAYS((TO_DAYS(${value.text}) - ${first}) DIV 7 * 7 + ${first})`, 'date')
  const start = "DATE '1000-01-01'"
  return {
    text: `${start} + INTERVAL TIMESTAMPDIFF(QUARTER, ${start}, ${value.text}) QUARTER`,
    binds: binding.sum,
    type: 'date',
  }
}

/** Numbers from 0 as in a tree, each giving two larger ones: as deep as the logarithm of their count. */
function writeSeries({ first, last, grain, name, source, type }: PeriodSeries): readonly string[] {
  const moved = (count: string) => `${wrap(atom('first', type), binding.sum)} + ${writeInterval(count, grain)}`
  const asType = (bound: Fragment) => (bound.type === type ? bound.text : `DATE(${bound.text})`)
  return [
    'WITH RECURSIVE numbered_periods AS (',
    `  SELECT 0 AS n, ${asType(first)} AS first, ${asType(last)} AS last${source === undefined ? '' : ` FROM ${source}`}`,
    '  UNION ALL',
    '  SELECT 2 * n + child, first, last',
    '  FROM numbered_periods CROSS JOIN (SELECT 1 AS child UNION ALL SELECT 2) AS children',
    `  WHERE ${moved('(2 * n + child)')} <= last`,
    ')',
    `SELECT ${moved('n')} AS ${name}`,
    'FROM numbered_periods',
    'WHERE first <= last',
  ]
}

type TimeAnswers = Pick<
  Dialect,
  | 'writeStart'
  | 'writeLocalHour'
  | 'writeMoved'
  | 'writeMovedBy'
  | 'writeDisplaced'
  | 'zones'
  | 'writeLocalTime'
  | 'writeRangeBound'
  | 'writeSeries'
>

/** Time in MariaDB and MySQL. */
export const mysqlTime: TimeAnswers = {
  writeStart,
  writeLocalHour: (instant, local) => {
    const text = `${wrap(instant, binding.sum)} - INTERVAL MINUTE(${local.text}) MINUTE`
    return writeStart({ text, binds: binding.sum, type: 'timestamp' }, 'minute', 1)
  },
  writeMoved: (time, count, grain) => ({
    text: `${wrap(time, binding.sum)} ${count < 0 ? '-' : '+'} ${writeInterval(Math.abs(count), grain)}`,
    binds: binding.sum,
    type: time.type,
  }),
  writeMovedBy: (time, by, unit) => ({
    text: `${wrap(time, binding.sum)} + INTERVAL ${wrap(by, binding.sum)} ${unit.toUpperCase()}`,
    binds: binding.sum,
    type: time.type,
  }),
  writeDisplaced: (time, from, to) => ({
    text: `${wrap(time, binding.sum)} + INTERVAL TIMESTAMPDIFF(MICROSECOND, ${from.text}, ${to.text}) MICROSECOND`,
    binds: binding.sum,
    type: 'timestamp',
  }),
  zones: 'offsets',
  writeLocalTime: (instant, timezone, offsets) => addOffsets(instant, timezone, offsets ?? []),
  writeRangeBound: undefined,
  writeSeries,
}
