import { defineFamily } from './function.ts'

/** Functions that look at other rows of the same table, by calendar and key, never by bare position. */
export const acrossRows = defineFamily('Across rows', [
  {
    kind: 'across',
    across: 'previous',
    name: 'previous',
    signature: 'previous(x) or previous(x, 12 months)',
    summary:
      'The value one period (or a stretch) earlier in the row with the same other keys; empty where there is no such row.',
    example: 'previous(revenue)',
  },
  {
    kind: 'across',
    across: 'total',
    name: 'total',
    signature: 'total(x) or total(x per k)',
    summary: 'The sum over all rows, or over the rows with the same `k`.',
    example: 'total(revenue per month)',
  },
])
