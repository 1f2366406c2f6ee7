import type { Grain } from '../../base/periods.ts'
import type { Dialect, Fragment } from './dialect.ts'
import { atom, cast } from './fragments.ts'

/** Weeks start on Monday there: the adapter sees to it. */
function truncate(value: Fragment, grain: Grain, weekStarts: number): Fragment {
  const shift = grain === 'week' ? (8 - weekStarts) % 7 : 0
  if (shift === 0) return atom(`date_trunc('${grain}', ${value.text})`, 'timestamp')
  const moved = `dateadd('day', ${shift}, ${value.text})`
  return atom(`dateadd('day', ${-shift}, date_trunc('week', ${moved}))`, 'timestamp')
}

/** How many periods lie between two starts of periods; weeks by their days, whichever day they start on. */
const countPeriods = (grain: Grain): string =>
  grain === 'week' ? "floor(datediff('day', first_one, last_one) / 7)" : `datediff('${grain}', first_one, last_one)`

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

/** Time in Snowflake: timestamps without a zone, in UTC. */
export const snowflakeTime: TimeAnswers = {
  writeStart: (value, grain, weekStarts) => {
    if (grain === 'minute' || grain === 'hour') return truncate(value, grain, weekStarts)
    return cast(grain === 'day' ? value : truncate(value, grain, weekStarts), 'date', 'date')
  },
  writeLocalHour: (instant, local) =>
    atom(`date_trunc('minute', dateadd('minute', -minute(${local.text}), ${instant.text}))`, 'timestamp'),
  writeMoved: (time, count, grain) => atom(`dateadd('${grain}', ${count}, ${time.text})`, time.type),
  writeMovedBy: (time, by, unit) => atom(`dateadd('${unit}', ${by.text}, ${time.text})`, time.type),
  writeDisplaced: (time, from, to) =>
    atom(`dateadd('microsecond', datediff('microsecond', ${from.text}, ${to.text}), ${time.text})`, 'timestamp'),
  zones: 'named',
  writeLocalTime: (instant, timezone) =>
    atom(`convert_timezone('UTC', '${timezone}', ${cast(instant, 'timestamp_ntz', 'timestamp').text})`, 'timestamp'),
  // Frames over intervals are new there: joins are not.
  writeRangeBound: undefined,
  writeSeries: ({ first, last, grain, type, name, source }) => {
    const bound = (value: Fragment) => cast(value, type === 'date' ? 'date' : 'timestamp_ntz', type).text
    const from = source === undefined ? '' : ` FROM ${source}`
    return [
      `SELECT dateadd('${grain}', period.value::int, first_one) AS ${name}`,
      `FROM (SELECT ${bound(first)} AS first_one, ${bound(last)} AS last_one${from}) AS bounds,`,
      `  LATERAL flatten(array_generate_range(0, ${countPeriods(grain)} + 1)) AS period`,
    ]
  },
}
