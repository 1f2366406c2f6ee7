import { type AcrossFunction, defineFamily } from './function.ts'
import type { AggregateName } from './scalar-names.ts'

type Given<A extends AcrossFunction['across']> = Omit<Extract<AcrossFunction, { across: A }>, 'kind' | 'across'>

const shift = (given: Given<'shift'>): AcrossFunction => ({ kind: 'across', across: 'shift', ...given })

const running = (
  fn: AggregateName,
  summary: string,
  describe: (of: string) => string,
): Extract<AcrossFunction, { across: 'running' }> => ({
  kind: 'across',
  across: 'running',
  name: `running_${fn}`,
  fn,
  signature: `running_${fn}(x) or running_${fn}(x restart year)`,
  summary,
  example: `running_${fn}(revenue)`,
  describe: ({ of, restart, per }) => `${describe(of)}${per}${restart === '' ? '' : `, anew each ${restart}`}`,
})

const moving = (fn: 'avg' | 'sum', word: string): AcrossFunction => ({
  kind: 'across',
  across: 'moving',
  name: `moving_${fn}`,
  fn,
  signature: `moving_${fn}(x, 3) or moving_${fn}(x, 12 months)`,
  summary: `The ${word} of the periods that end with this one, so many or as many as lie in the stretch, for the same other keys; a missing period is missing, not 0.`,
  example: `moving_${fn}(revenue, 3 months)`,
  describe: ({ of, reach }) => `the ${word} of ${of} over the ${reach} that end here`,
})

const place = (
  fn: 'rank' | 'dense_rank',
  summary: string,
  describe: (of: string, order: string) => string,
): AcrossFunction => ({
  kind: 'across',
  across: 'place',
  name: fn,
  fn,
  signature: `${fn}(x) or ${fn}(x asc per k)`,
  summary,
  example: `${fn}(revenue per month)`,
  describe: ({ of, order, per }) => `${describe(of, order)}${per}`,
})

/** Functions that look at other rows of the same table, by calendar and key, never by bare position. */
export const acrossRows = defineFamily('Across rows', [
  shift({
    name: 'previous',
    direction: -1,
    signature: 'previous(x), previous(x, 12 months) or previous(x by t per k)',
    summary:
      'The value one period (or a stretch) earlier in the row with the same other keys; empty where there is no such row. With `by`, of the row before in that order, however long before, for rows that are not one period each.',
    example: 'previous(revenue)',
    describe: ({ of, reach }) => `${of} ${reach} earlier`,
  }),
  shift({
    name: 'next',
    direction: 1,
    signature: 'next(x), next(x, 12 months) or next(x by t per k)',
    summary: 'The value one period (or a stretch) later, as in `previous`.',
    example: 'next(revenue)',
    describe: ({ of, reach }) => `${of} ${reach} later`,
  }),
  shift({
    name: 'change',
    direction: -1,
    compare: 'change',
    signature: 'change(x) or change(x, 12 months)',
    summary: 'How much more than one period (or a stretch) earlier: `x - previous(x)`.',
    example: 'change(revenue)',
    describe: ({ of, reach }) => `the change of ${of} since ${reach} earlier`,
  }),
  shift({
    name: 'pct_change',
    direction: -1,
    compare: 'pct_change',
    signature: 'pct_change(x) or pct_change(x, 12 months)',
    summary: 'The change as a share of the earlier value, 0.1 for 10% more: `x / previous(x) - 1`.',
    example: 'pct_change(revenue, 1 year)',
    describe: ({ of, reach }) => `the change of ${of} since ${reach} earlier, as a share of what it was`,
  }),
  running(
    'sum',
    'The sum of all rows up to this one: along the periods for the same other keys, or in the order of the rows where they are not one period each. `restart year` starts anew each (fiscal) year.',
    (of) => `${of} added up so far`,
  ),
  running('count', 'How many rows up to this one have a value, as in `running_sum`.', (of) => `how many ${of} so far`),
  running('min', 'The smallest value up to this row, as in `running_sum`.', (of) => `the smallest ${of} so far`),
  running('max', 'The largest value up to this row, as in `running_sum`.', (of) => `the largest ${of} so far`),
  moving('avg', 'mean'),
  moving('sum', 'sum'),
  place(
    'rank',
    'The place of the row, 1 for the largest `x`, or with `asc` for the smallest; equal values share a place, and the next one is left out. An empty `x` has none.',
    (of, order) => `the rank by ${of}, ${order}`,
  ),
  place(
    'dense_rank',
    'The place as in `rank`, but no place is left out.',
    (of, order) => `the place by ${of}, ${order}`,
  ),
  {
    kind: 'across',
    across: 'tile',
    name: 'ntile',
    signature: 'ntile(x, 4) or ntile(x, 4 asc per k)',
    summary:
      'In which of so many parts of equal size the row is, 1 with the largest `x`, or with `asc` the smallest. An empty `x` is in none.',
    example: 'ntile(revenue, 4)',
    describe: ({ of, order, tiles, per }) => `which of ${tiles} equal parts by ${of}, ${order}${per}`,
  },
  {
    kind: 'across',
    across: 'number',
    name: 'row_number',
    signature: 'row_number() or row_number(by x desc per k)',
    summary: 'The number of the row, from 1, in the order of the rows or by `x`.',
    example: 'row_number(by revenue desc)',
    describe: ({ by, per }) => `the number of the row${by === '' ? '' : ` by ${by}`}${per}`,
  },
  {
    kind: 'across',
    across: 'total',
    name: 'total',
    signature: 'total(x) or total(x per k)',
    summary: 'The sum over all rows, or over the rows with the same `k`.',
    example: 'total(revenue per month)',
    describe: ({ of, per, where }) => `the total of ${of}${per}${where}`,
  },
])
