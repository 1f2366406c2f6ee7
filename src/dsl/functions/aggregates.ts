import { type AggregateFunction, defineFamily } from './function.ts'

type Given = Pick<AggregateFunction, 'fn' | 'summary' | 'example' | 'describe'> & Partial<AggregateFunction>

const aggregate = (given: Given): AggregateFunction => ({
  kind: 'aggregate',
  name: given.fn,
  signature: `${given.fn}(x)`,
  argument: 'required',
  types: [],
  result: (type) => type,
  keepsUnit: true,
  whenNone: undefined,
  ...given,
})

/** One value from the rows of a group, or of a to-many relation. Each takes `where <condition>`; empty values do not count. */
export const aggregates = defineFamily('Aggregates', [
  aggregate({
    fn: 'count',
    signature: 'count() or count(x)',
    summary: 'How many rows there are, or how many have a value; 0 for none.',
    example: 'count(where status = "paid")',
    argument: 'optional',
    result: () => 'number',
    keepsUnit: false,
    whenNone: 0,
    describe: (what) => `the number of ${what}`,
  }),
  aggregate({
    fn: 'count_distinct',
    summary: 'How many different values there are; 0 for none.',
    example: 'count_distinct(account)',
    result: () => 'number',
    keepsUnit: false,
    whenNone: 0,
    ignoresRepeats: true,
    describe: (what) => `the number of different ${what}`,
  }),
  aggregate({
    fn: 'sum',
    summary: 'All values added up; empty for none.',
    example: 'sum(amount)',
    types: ['number'],
    describe: (what) => `the total ${what}`,
  }),
  aggregate({
    fn: 'avg',
    summary: 'The mean of the values.',
    example: 'avg(amount)',
    types: ['number'],
    describe: (what) => `the average ${what}`,
  }),
  aggregate({
    fn: 'min',
    summary: 'The smallest or earliest value.',
    example: 'min(paid_at)',
    types: ['number', 'date', 'timestamp', 'text'],
    ignoresRepeats: true,
    describe: (what) => `the smallest ${what}`,
    describeTime: (what) => `the earliest ${what}`,
  }),
  aggregate({
    fn: 'max',
    summary: 'The largest or latest value.',
    example: 'max(paid_at)',
    types: ['number', 'date', 'timestamp', 'text'],
    ignoresRepeats: true,
    describe: (what) => `the largest ${what}`,
    describeTime: (what) => `the latest ${what}`,
  }),
  aggregate({
    fn: 'median',
    summary: 'The value in the middle; between the middle two for an even number of values.',
    example: 'median(amount)',
    types: ['number'],
    describe: (what) => `the median ${what}`,
  }),
])
