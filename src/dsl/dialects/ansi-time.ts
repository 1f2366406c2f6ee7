import type { Grain } from '../../base/periods.ts'
import { binding, type Dialect, type Fragment } from './dialect.ts'
import { atom, cast, wrap } from './fragments.ts'

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

/** Start of the period as a timestamp. */
function truncate(value: Fragment, grain: Grain, weekStarts: number): Fragment {
  const shift = grain === 'week' ? (8 - weekStarts) % 7 : 0
  if (shift === 0) return atom(`date_trunc('${grain}', ${value.text})`, 'timestamp')
  const interval = writeInterval(shift, 'day')
  return {
    text: `date_trunc('${grain}', ${wrap(value, binding.sum)} + ${interval}) - ${interval}`,
    binds: binding.sum,
    type: 'timestamp',
  }
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

/** Time as Postgres reckons it; much of it is in no standard. */
export const ansiTime: TimeAnswers = {
  writeStart: (value, grain, weekStarts) => {
    if (grain === 'minute' || grain === 'hour') return truncate(value, grain, weekStarts)
    return cast(grain === 'day' ? value : truncate(value, grain, weekStarts), 'date', 'date')
  },
  // The part of the hour that has passed is taken off the instant.
  writeLocalHour: (instant, local) => ({
    text: `${wrap(instant, binding.sum)} - (${wrap(local, binding.sum)} - ${truncate(local, 'hour', 1).text})`,
    binds: binding.sum,
    type: 'timestamp',
  }),
  writeMoved: (time, count, grain) => {
    const text = `${wrap(time, binding.sum)} ${count < 0 ? '-' : '+'} ${writeInterval(Math.abs(count), grain)}`
    const moved: Fragment = { text, binds: binding.sum, type: 'timestamp' }
    return time.type === 'date' ? cast(moved, 'date', 'date') : moved
  },
  writeMovedBy: (time, by, unit) => {
    const text = `${wrap(time, binding.sum)} + ${wrap(by, binding.product)} * INTERVAL '1 ${unit}'`
    const moved: Fragment = { text, binds: binding.sum, type: 'timestamp' }
    return time.type === 'date' ? cast(moved, 'date', 'date') : moved
  },
  zones: 'named',
  writeDisplaced: (time, from, to) => ({
    text: `${wrap(time, binding.sum)} + (${wrap(to, binding.sum)} - ${wrap(from, binding.product)})`,
    binds: binding.sum,
    type: 'timestamp',
  }),
  writeLocalTime: (instant, timezone) => ({
    text: `${cast(instant, 'timestamptz', 'timestamp').text} AT TIME ZONE '${timezone}'`,
    binds: binding.product,
    type: 'timestamp',
  }),
  writeRangeBound: writeInterval,
  writeSeries: (series) => writeSeriesWith((call) => call, series),
}

/** `SELECT generate_series(…)::date AS month FROM …`; `spread` makes rows of what it gives. */
export function writeSeriesWith(
  spread: (call: string) => string,
  { first, last, grain, type, name, source }: Parameters<Dialect['writeSeries']>[0],
): readonly string[] {
  const bound = (value: Fragment) => (value.literal === undefined ? cast(value, 'timestamp', 'timestamp') : value).text
  const call = spread(`generate_series(${bound(first)}, ${bound(last)}, ${writeInterval(1, grain)})`)
  return [`SELECT ${call}::${type} AS ${name}`, ...(source === undefined ? [] : [`FROM ${source}`])]
}
