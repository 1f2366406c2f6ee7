import type { Grain } from '../../base/periods.ts'
import { type Bound, call, literal } from '../bound.ts'
import { defineFamily, type Parameter, type ScalarFunction } from './function.ts'
import type { ScalarName } from './scalar-names.ts'

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

const elapsed = (unit: 'minute' | 'hour', seconds: number): ScalarFunction => ({
  kind: 'scalar',
  name: `${unit}s_between`,
  signature: `${unit}s_between(a, b)`,
  summary: `The time from \`a\` to \`b\` in ${unit}s, with fractions.`,
  example: `${unit}s_between(opened_at, closed_at)`,
  parameters: [
    { name: 'a', types: ['timestamp'] },
    { name: 'b', types: ['timestamp'] },
  ],
  build: (args) => call('divide', 'number', call('seconds_between', 'number', ...args), literal('number', seconds)),
  describe: ([a, b]) => `the ${unit}s from ${a} to ${b}`,
})

const part = (name: ScalarName, summary: string, phrase: string): ScalarFunction => ({
  kind: 'scalar',
  name,
  signature: `${name}(time)`,
  summary,
  example: `${name}(created_at)`,
  parameters: [name === 'hour_of_day' ? { name: 'time', types: ['timestamp'] } : time('time')],
  build: ([arg]) => call(name, 'number', name === 'hour_of_day' ? arg! : bucket('day', arg!)),
  describe: ([x]) => `the ${phrase} of ${x}`,
})

export const times = defineFamily('Time', [
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
  part('day_of_week', 'The day of the week, 1 for Monday to 7 for Sunday.', 'day of the week'),
  part('hour_of_day', "The hour, 0 to 23, in the calendar's zone.", 'hour of the day'),
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
    name: 'date',
    signature: 'date(time)',
    summary: "The day of a moment, in the calendar's zone.",
    example: 'date(created_at)',
    parameters: [time('time')],
    build: ([arg]) => bucket('day', arg!),
    describe: ([x]) => `the day of ${x}`,
  },
])
