import { type Grain, instantOf } from '../../base/periods.ts'
import { type Bound, call, literal } from '../bind/bound.ts'
import { defineFamily, type Parameter, type ScalarFunction } from './function.ts'
import type { ScalarName } from './scalar-names.ts'
import { padText } from './text.ts'

const time = (name: string): Parameter => ({ name, types: ['date', 'timestamp'] })
const bucket = (grain: Grain, arg: Bound): Bound => ({ kind: 'bucket', type: 'date', grain, arg })

/** Between the periods that two moments are in, so that 31 January and 1 February are one month apart. */
const calendarDifference = (grain: 'day' | 'week' | 'month' | 'quarter' | 'year'): ScalarFunction => ({
  kind: 'scalar',
  name: `${grain}s_between`,
  signature: `${grain}s_between(a, b)`,
  summary: `How many calendar ${grain}s lie from \`a\` to \`b\`; negative when \`b\` is earlier.`,
  example: `${grain}s_between(opened_at, closed_at)`,
  parameters: [time('a'), time('b')],
  build: ([a, b]) => {
    const [from, to] = [bucket(grain, a!), bucket(grain, b!)]
    if (grain === 'day') return call('days_between', 'number', from, to)
    if (grain === 'week')
      return call('divide', 'number', call('days_between', 'number', from, to), literal('number', 7))
    const months = call('months_between', 'number', from, to)
    return grain === 'month'
      ? months
      : call('divide', 'number', months, literal('number', grain === 'quarter' ? 3 : 12))
  },
  describe: ([a, b]) => `the ${grain}s from ${a} to ${b}`,
})

const elapsed = (unit: 'second' | 'minute' | 'hour', seconds: number): ScalarFunction => ({
  kind: 'scalar',
  name: `${unit}s_between`,
  signature: `${unit}s_between(a, b)`,
  summary: `The time from \`a\` to \`b\` in ${unit}s, with fractions.`,
  example: `${unit}s_between(opened_at, closed_at)`,
  parameters: [
    { name: 'a', types: ['timestamp'] },
    { name: 'b', types: ['timestamp'] },
  ],
  build: (args) => {
    const whole = call('seconds_between', 'number', ...args)
    return seconds === 1 ? whole : call('divide', 'number', whole, literal('number', seconds))
  },
  describe: ([a, b]) => `the ${unit}s from ${a} to ${b}`,
})

const part = (name: ScalarName, summary: string, phrase: string): ScalarFunction => ({
  kind: 'scalar',
  name,
  signature: `${name}(time)`,
  summary,
  example: `${name}(created_at)`,
  parameters: [isOfDay(name) ? { name: 'time', types: ['timestamp'] } : time('time')],
  build: ([arg]) => call(name, 'number', isOfDay(name) ? arg! : bucket('day', arg!)),
  describe: ([x]) => `the ${phrase} of ${x}`,
})

const isOfDay = (name: ScalarName) => name === 'hour_of_day' || name === 'minute_of_hour'

/** The month that opens the fiscal year is made a January, and what was a fiscal year is one of everybody's. */
const fiscal = (name: string, fn: ScalarName, summary: string, phrase: string): ScalarFunction => ({
  ...part(fn, summary, phrase),
  name,
  signature: `${name}(time)`,
  example: `${name}(created_at)`,
  build: ([arg], { calendar }) => {
    const day = bucket('day', arg!)
    const count = (13 - calendar.fiscalYearStarts) % 12
    return call(fn, 'number', count === 0 ? day : { kind: 'moved', type: 'date', arg: day, count, grain: 'month' })
  },
})

/** Whole seconds since the minute began. */
function findSecond(time: Bound): Bound {
  const minute: Bound = { kind: 'bucket', type: 'timestamp', grain: 'minute', arg: time }
  return call('floor', 'number', call('seconds_between', 'number', minute, time))
}

const months = 'January,February,March,April,May,June,July,August,September,October,November,December'
const days = 'Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday'

/** The name with a number: all of them in one text, each as wide as the longest. */
function pickName(names: string, at: Bound): Bound {
  const list = names.split(',')
  const width = Math.max(...list.map(({ length }) => length))
  const number = (value: number) => literal('number', value)
  const last = call('multiply', 'number', at, number(width))
  const start = call('subtract', 'number', last, number(width - 1))
  const wide = literal('text', list.map((name) => name.padEnd(width)).join(''))
  return call('trim', 'text', call('substring', 'text', wide, start, number(width)))
}

const naming = (name: string, fn: ScalarName, names: string, summary: string): ScalarFunction => ({
  ...part(fn, summary, `name of the ${name.replace('_name', '')}`),
  name,
  signature: `${name}(time)`,
  example: `${name}(created_at)`,
  build: ([arg]) => pickName(names, call(fn, 'number', bucket('day', arg!))),
})

export const times = defineFamily('Time', [
  elapsed('second', 1),
  elapsed('minute', 60),
  elapsed('hour', 3600),
  calendarDifference('day'),
  calendarDifference('week'),
  calendarDifference('month'),
  calendarDifference('quarter'),
  calendarDifference('year'),
  part('year_of', 'The year as a number.', 'year'),
  part('quarter_of_year', 'The quarter, 1 to 4.', 'quarter'),
  part('month_of_year', 'The month, 1 to 12.', 'month of the year'),
  part('day_of_month', 'The day of the month, 1 to 31.', 'day of the month'),
  part('day_of_year', 'The day of the year, 1 to 366.', 'day of the year'),
  part(
    'week_of_year',
    'The week of the year as ISO 8601 counts it: 1 to 53, from Monday, the first with a Thursday.',
    'week of the year',
  ),
  part('day_of_week', 'The day of the week, 1 for Monday to 7 for Sunday.', 'day of the week'),
  part('hour_of_day', "The hour, 0 to 23, in the calendar's zone.", 'hour of the day'),
  part('minute_of_hour', 'The minute, 0 to 59.', 'minute of the hour'),
  {
    ...part('minute_of_hour', 'The second, 0 to 59.', 'second of the minute'),
    name: 'second_of_minute',
    signature: 'second_of_minute(time)',
    example: 'second_of_minute(created_at)',
    build: ([arg]: readonly Bound[]) => findSecond(arg!),
  },
  {
    ...part('minute_of_hour', "The time of the day as a text, as `09:30:00`, in the calendar's zone.", 'time of day'),
    name: 'time_of_day',
    signature: 'time_of_day(time)',
    example: 'time_of_day(created_at)',
    build: ([arg]: readonly Bound[]) => {
      const parts = [call('hour_of_day', 'number', arg!), call('minute_of_hour', 'number', arg!), findSecond(arg!)]
      const [hour, minute, second] = parts.map((number) =>
        padText(call('to_text', 'text', number), literal('number', 2), literal('text', '0')),
      )
      const colon = literal('text', ':')
      return call('concat', 'text', hour!, colon, minute!, colon, second!)
    },
  },
  naming(
    'month_name',
    'month_of_year',
    months,
    'The name of the month, `January` to `December`; sort by `month_of_year`.',
  ),
  naming('day_name', 'day_of_week', days, 'The name of the day, `Monday` to `Sunday`; sort by `day_of_week`.'),
  fiscal('fiscal_year', 'year_of', 'The number of the fiscal year, which is the year that it ends in.', 'fiscal year'),
  fiscal('fiscal_quarter', 'quarter_of_year', 'The quarter of the fiscal year, 1 to 4.', 'quarter of the fiscal year'),
  {
    kind: 'moment',
    name: 'as_of',
    signature: 'as_of(path, time)',
    summary:
      'A value over a relation that holds for a time, as it was then; for a day, as it was when the day ended. Without `as_of` it is as it was when the row happened, or as it is today for rows that last.',
    example: 'as_of(plan_at.price, created_at)',
  },
  {
    kind: 'scalar',
    name: 'today',
    signature: 'today()',
    summary: 'The day on which the question is asked: `as of`.',
    example: 'today()',
    parameters: [],
    build: (_args, { asOf }) => literal('date', asOf),
    describe: () => 'today',
  },
  {
    kind: 'scalar',
    name: 'now',
    signature: 'now()',
    summary: 'The first instant of that day: it has just begun.',
    example: 'now()',
    parameters: [],
    build: (_args, { asOf, calendar }) => literal('timestamp', instantOf(asOf, calendar)),
    describe: () => 'now',
  },
])
