import type { Grain } from '../../base/periods.ts'
import { binding, type Dialect, type Fragment, type PeriodSeries } from './dialect.ts'
import { atom } from './fragments.ts'

/** The zone that functions of `value` reckon in, and the instant that they take. */
const placeOf = (value: Fragment) => value.clock ?? { instant: value.text, timezone: 'UTC' }

/** `dateTrunc('month', created_at, 'UTC')`; a day has no zone. */
function truncate(value: Fragment, grain: Grain): string {
  if (value.type === 'date') return grain === 'day' ? `toDate32(${value.text})` : `dateTrunc('${grain}', ${value.text})`
  const { instant, timezone } = placeOf(value)
  return grain === 'day' ? `toDate32(${instant}, '${timezone}')` : `dateTrunc('${grain}', ${instant}, '${timezone}')`
}

const isBelowDay = (grain: Grain) => grain === 'minute' || grain === 'hour'

function writeStart(value: Fragment, grain: Grain, weekStarts: number): Fragment {
  const type = isBelowDay(grain) ? 'timestamp' : 'date'
  const shift = grain === 'week' ? (8 - weekStarts) % 7 : 0
  if (shift === 0) return atom(truncate(value, grain), type)
  return atom(`addDays(dateTrunc('week', addDays(${truncate(value, 'day')}, ${shift})), -${shift})`, type)
}

/** `add` functions by grain. */
const adders: Readonly<Record<Grain, string>> = {
  minute: 'addMinutes',
  hour: 'addHours',
  day: 'addDays',
  week: 'addWeeks',
  month: 'addMonths',
  quarter: 'addQuarters',
  year: 'addYears',
}

/** How many periods lie between two starts of periods. */
function countBetween(first: string, last: string, grain: Grain): string {
  if (isBelowDay(grain)) return `intDiv(dateDiff('second', ${first}, ${last}), ${grain === 'hour' ? 3600 : 60})`
  if (grain === 'week') return `intDiv(dateDiff('day', ${first}, ${last}), 7)`
  if (grain === 'day') return `dateDiff('day', ${first}, ${last})`
  const months = `dateDiff('month', ${first}, ${last})`
  // Its quarters and years are those of everybody, and fiscal ones start elsewhere.
  return grain === 'month' ? months : `intDiv(${months}, ${grain === 'quarter' ? 3 : 12})`
}

/** Numbers from 0 make rows, and each is so many periods after the first. Nothing where a bound is empty. */
function writeSeries({ first, last, grain, name, source }: PeriodSeries): readonly string[] {
  const bound = ({ text }: Fragment) => (isBelowDay(grain) ? text : `toDate32(${text})`)
  const count = `toInt64(ifNull(${countBetween('bounds.first', 'bounds.last', grain)} + 1, 0))`
  // The least of no days that may not be empty is the first day of all.
  const from = source === undefined ? '' : ` FROM ${source} HAVING count(*) > 0`
  return [
    `SELECT ${adders[grain]}(bounds.first, arrayJoin(range(0, ${count}))) AS ${name}`,
    `FROM (SELECT ${bound(first)} AS first, ${bound(last)} AS last${from}) AS bounds`,
  ]
}

/** Behind an empty quotient stands what is no number, which a conversion looks at all the same. */
export const writeWhole = ({ text }: Fragment): string =>
  `if(${text} IS NULL, NULL, toInt64(ifNotFinite(toFloat64(${text}), 0)))`

type TimeAnswers = Pick<
  Dialect,
  | 'writeStart'
  | 'writeLocalHour'
  | 'writeMoved'
  | 'writeMovedBy'
  | 'writeDisplaced'
  | 'writeLocalTime'
  | 'writeRangeBound'
  | 'writeSeries'
>

const answers: TimeAnswers = {
  writeStart,
  // Its own hours of a zone begin at whole ones of UTC, or half past, for all of a year: on Lord Howe they change with the summer.
  writeLocalHour: (instant, { clock }) => {
    const passed = clock ? `toMinute(${clock.instant}, '${clock.timezone}')` : `toMinute(${instant.text})`
    return atom(`subtractMinutes(dateTrunc('minute', ${instant.text}), ${passed})`, 'timestamp')
  },
  // A day is added by the calendar of a column's own zone, which nobody asked about.
  writeMoved: (time, count, grain) => {
    const text = time.type === 'date' || isBelowDay(grain) ? time.text : `toTimeZone(${time.text}, 'UTC')`
    return atom(`${adders[grain]}(${text}, ${count})`, time.type)
  },
  writeMovedBy: (time, by, unit) => {
    const text = time.type === 'date' ? time.text : `toTimeZone(${time.text}, 'UTC')`
    const add = { second: 'addSeconds', day: 'addDays', month: 'addMonths' }[unit]
    return atom(`${add}(${text}, ${writeWhole(by)})`, time.type)
  },
  writeDisplaced: (time, from, to) =>
    atom(`addMicroseconds(${time.text}, dateDiff('microsecond', ${from.text}, ${to.text}))`, 'timestamp'),
  // A clock that shows the local time in UTC; functions that take a zone take the instant itself.
  writeLocalTime: (instant, timezone) => ({
    ...atom(
      `addSeconds(toTimeZone(${instant.text}, 'UTC'), timezoneOffset(toTimeZone(${instant.text}, '${timezone}')))`,
      'timestamp',
    ),
    clock: { instant: instant.text, timezone },
  }),
  writeRangeBound: undefined,
  writeSeries,
}

export const clickhouseTime = {
  answers,
  /** `toHour(created_at, 'Europe/Tallinn')`. */
  writePart: (name: 'toHour' | 'toMinute', value: Fragment): Fragment => {
    const { instant, timezone } = placeOf(value)
    return { text: `${name}(${instant}, '${timezone}')`, binds: binding.atom, type: 'number' }
  },
}
