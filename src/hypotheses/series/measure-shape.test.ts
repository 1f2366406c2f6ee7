import { expect, test } from 'vitest'
import { shapeMeasure } from './measure-shape.ts'

test.each([
  ['count()', { kind: 'count', weight: undefined, isAdditive: true }],
  ['count(where status = "paid")', { kind: 'count', weight: undefined, isAdditive: true }],
  ['count_distinct(user)', { kind: 'count', weight: undefined, isAdditive: false }],
  ['sum(amount where status = "paid")', { kind: 'amount', weight: undefined, isAdditive: true }],
  ['count(where activated_at is not empty) / count()', { kind: 'ratio', weight: 'count()', isAdditive: true }],
  [
    'count(where a = true) / count(where a is not empty)',
    { kind: 'ratio', weight: 'count(where a is not empty)', isAdditive: true },
  ],
  ['sum(amount) / count()', { kind: 'mean', weight: 'count()', isAdditive: true }],
  ['avg(minutes)', { kind: 'mean', weight: 'count(where minutes is not empty)', isAdditive: true }],
  [
    'avg(minutes where channel = "chat")',
    { kind: 'mean', weight: 'count(where minutes is not empty and channel = "chat")', isAdditive: true },
  ],
  ['median(minutes)', { kind: 'mean', weight: 'count(where minutes is not empty)', isAdditive: false }],
  ['sum(amount) / 100', { kind: 'amount', weight: undefined, isAdditive: true }],
  ['100 * count(where a = true) / count()', { kind: 'mean', weight: 'count()', isAdditive: true }],
  ['count(where a = true) / count() * 100', { kind: 'mean', weight: 'count()', isAdditive: true }],
  ['sum(debit) + sum(credit)', { kind: 'amount', weight: undefined, isAdditive: true }],
] as const)('%s', (measure, shape) => {
  expect(shapeMeasure({ measure })).toEqual(shape)
})

test('what cannot be read is an amount that does not add up', () => {
  expect(shapeMeasure({ measure: 'count(' })).toEqual({ kind: 'amount', weight: undefined, isAdditive: false })
})
