import { type Bound, call, conjoin, literal } from '../bind/bound.ts'
import { aggregateOf, defineAggregate, definePlain, one, whereThere, zero } from './aggregate.ts'
import { defineFamily } from './function.ts'

const numbers = [{ name: 'x', types: ['number'] }] as const

/** `90` as it reads before "percentile". */
const ordinal = (percent: string): string => {
  if (/\.|1\d$/.test(percent)) return `${percent}th`
  return `${percent}${{ '1': 'st', '2': 'nd', '3': 'rd' }[percent.at(-1) ?? ''] ?? 'th'}`
}

/** Whether there are at least two different values. */
const varies = (value: Bound, where: Bound | undefined): Bound =>
  call('less', 'boolean', aggregateOf('min', 'number', [value], where), aggregateOf('max', 'number', [value], where))

/** How values lie: their middle, their spread, how two go together. */
export const distributions = defineFamily('Aggregates of a distribution', [
  definePlain({
    fn: 'median',
    name: 'median',
    summary: 'The value in the middle; between the middle two for an even number of values.',
    example: 'median(amount)',
    parameters: numbers,
    keepsUnit: true,
    describe: (what) => `the median ${what}`,
  }),
  definePlain({
    fn: 'percentile',
    name: 'percentile',
    signature: 'percentile(x, 90)',
    summary:
      'The value that so many percent of the values do not exceed, from 0 to 100; interpolated between the two around that place.',
    example: 'percentile(amount, 90)',
    parameters: [...numbers, { name: 'percent', types: ['number'], isPercent: true }],
    keepsUnit: true,
    describe: (what, percent = '') => `the ${ordinal(percent)} percentile of ${what.replace(/^of /, '')}`,
  }),
  definePlain({
    fn: 'stddev',
    name: 'stddev',
    summary: 'The standard deviation of a sample (n − 1); empty for fewer than two values.',
    example: 'stddev(amount)',
    parameters: numbers,
    keepsUnit: true,
    describe: (what) => `the standard deviation of ${what.replace(/^of /, '')}`,
  }),
  definePlain({
    fn: 'variance',
    name: 'variance',
    summary: 'The variance of a sample (n − 1); empty for fewer than two values.',
    example: 'variance(amount)',
    parameters: numbers,
    describe: (what) => `the variance of ${what.replace(/^of /, '')}`,
  }),
  defineAggregate({
    name: 'weighted_avg',
    signature: 'weighted_avg(x, weight)',
    summary: 'The mean of the values, each counted as often as its weight says; rows without a weight do not count.',
    example: 'weighted_avg(mrr, days_between(created_at, renews_on))',
    parameters: [...numbers, { name: 'weight', types: ['number'] }],
    keepsUnit: true,
    build: ({ args, where }) => {
      const [value, weight] = [args[0]!, args[1]!]
      const there = whereThere({ args: [value], where })
      const sum = aggregateOf('sum', 'number', [call('multiply', 'number', value, weight)], where)
      return call('divide', 'number', sum, aggregateOf('sum', 'number', [weight], there))
    },
    describe: (what, weight = '') => `the average ${what}, weighted by ${weight}`,
  }),
  defineAggregate({
    name: 'correlation',
    signature: 'correlation(x, y)',
    summary:
      'How closely two values go together over the rows that have both, from −1 to 1 (Pearson); empty where one of them never changes.',
    example: 'correlation(mrr, days_between(created_at, activated_at))',
    parameters: [
      { name: 'x', types: ['number'] },
      { name: 'y', types: ['number'] },
    ],
    build: ({ args, where }) => {
      const there = whereThere({ args, where })
      const vary = call('and', 'boolean', ...args.map((arg) => varies(arg, there)))
      return call('when', 'number', vary, aggregateOf('correlation', 'number', args, there), literal('number', null))
    },
    describe: (what, other = '') => `the correlation of ${what.replace(/^of /, '')} and ${other}`,
  }),
  defineAggregate({
    name: 'share',
    signature: 'share(condition)',
    summary: 'The share of rows for which the condition holds, from 0 to 1.',
    example: 'share(status = "paid")',
    parameters: [{ name: 'condition', types: ['boolean'] }],
    build: ({ args, where }) =>
      aggregateOf('avg', 'number', [call('when', 'number', args[0]!, one, zero)], conjoin([where])),
    describe: (condition) => `the share where ${condition.replace(/^of its /, '')}`,
  }),
])
