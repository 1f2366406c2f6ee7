import { call, literal } from '../bind/bound.ts'
import { aggregateOf, defineAggregate, definePlain } from './aggregate.ts'
import { defineFamily } from './function.ts'
import { listMax } from './scalar-names.ts'

/** Values of some row among many, whatever their type. */
export const choices = defineFamily('Aggregates that choose values', [
  definePlain({
    fn: 'first',
    name: 'first',
    signature: 'first(x by y)',
    summary:
      'The value in the row with the smallest or earliest `y`; of several such rows the smallest value. Rows without `y` do not count.',
    example: 'first(status by paid_at)',
    isOrdered: true,
    ignoresRepeats: true,
    keepsUnit: true,
    describe: (what, by = '') => `the first ${what} by ${by}`,
  }),
  definePlain({
    fn: 'last',
    name: 'last',
    signature: 'last(x by y)',
    summary:
      'The value in the row with the largest or latest `y`; of several such rows the smallest value. Rows without `y` do not count.',
    example: 'last(status by paid_at)',
    isOrdered: true,
    ignoresRepeats: true,
    keepsUnit: true,
    describe: (what, by = '') => `the last ${what} by ${by}`,
  }),
  definePlain({
    fn: 'mode',
    name: 'mode',
    summary: 'The value that occurs most often; of several the smallest.',
    example: 'mode(status)',
    keepsUnit: true,
    describe: (what) => `the most frequent ${what}`,
  }),
  defineAggregate({
    name: 'list',
    summary: `The different texts in order, with commas between; \`…\` behind the first ${listMax} says that there are more.`,
    example: 'list(status)',
    parameters: [{ name: 'x', types: ['text'] }],
    ignoresRepeats: true,
    build: ({ args, where }) => {
      const all = aggregateOf('count_distinct', 'number', args, where)
      const isCut = call('greater', 'boolean', all, literal('number', listMax))
      const end = call('when', 'text', isCut, literal('text', ', …'), literal('text', ''))
      return call('concat', 'text', aggregateOf('list', 'text', args, where), end)
    },
    describe: (what) => `a list of the different values of ${what.replace(/^of /, '')}`,
  }),
])
