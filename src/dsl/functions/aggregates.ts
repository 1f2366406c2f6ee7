import { definePlain } from './aggregate.ts'
import { defineFamily } from './function.ts'

const numbers = [{ name: 'x', types: ['number'] }] as const
const ordered = [{ name: 'x', types: ['number', 'date', 'timestamp', 'text'] }] as const

/**
 * One value from the rows of a group, or of a to-many relation. Each takes `where <condition>`; empty values do not count.
 */
export const aggregates = defineFamily('Aggregates', [
  definePlain({
    fn: 'count',
    name: 'count',
    signature: 'count() or count(x)',
    summary: 'How many rows there are, or how many have a value; 0 for none.',
    example: 'count(where status = "paid")',
    parameters: [{ name: 'x', types: [], optional: true }],
    countsRows: true,
    result: 'number',
    whenNone: 0,
    describe: (what) => `the number of ${what}`,
  }),
  definePlain({
    fn: 'count_distinct',
    name: 'count_distinct',
    summary: 'How many different values there are; 0 for none.',
    example: 'count_distinct(account)',
    countsRows: true,
    result: 'number',
    whenNone: 0,
    ignoresRepeats: true,
    describe: (what) => `the number of different ${what}`,
  }),
  definePlain({
    fn: 'sum',
    name: 'sum',
    summary: 'All values added up; empty for none.',
    example: 'sum(amount)',
    parameters: numbers,
    keepsUnit: true,
    describe: (what) => `the total ${what}`,
  }),
  definePlain({
    fn: 'avg',
    name: 'avg',
    summary: 'The mean of the values.',
    example: 'avg(amount)',
    parameters: numbers,
    keepsUnit: true,
    describe: (what) => `the average ${what}`,
  }),
  definePlain({
    fn: 'min',
    name: 'min',
    summary: 'The smallest or earliest value.',
    example: 'min(paid_at)',
    parameters: ordered,
    keepsUnit: true,
    ignoresRepeats: true,
    describe: (what) => `the smallest ${what}`,
    describeTime: (what) => `the earliest ${what}`,
  }),
  definePlain({
    fn: 'max',
    name: 'max',
    summary: 'The largest or latest value.',
    example: 'max(paid_at)',
    parameters: ordered,
    keepsUnit: true,
    ignoresRepeats: true,
    describe: (what) => `the largest ${what}`,
    describeTime: (what) => `the latest ${what}`,
  }),
])
