import { expect, test } from 'vitest'
import { type PlacedTest, weighTests } from './weigh-tests.ts'

const place = (metric: string, ...fields: readonly string[]): PlacedTest => ({
  model: 'account',
  metric,
  slice: fields.map((field) => ({ field, value: 'x' })),
})

test('levels share evenly, then families, then the tests of a family', () => {
  const tests = [
    place('signups'),
    place('signups'),
    place('churn'),
    place('signups', 'source'),
    place('signups', 'plan'),
    place('signups', 'plan'),
    place('signups', 'plan', 'source'),
    place('signups', 'source', 'plan'),
  ]
  // 8 tests, 3 levels of 8/3: two families of wholes (4/3 each), two of values, one of pairs whatever the order of its fields
  const weights = weighTests(tests)
  expect([...weights].map((weight) => weight * 3)).toEqual([2, 2, 4, 4, 2, 2, 4, 4])
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(8, 12)
})

test('tests of one family weigh 1', () => {
  expect([...weighTests([place('signups'), place('signups')])]).toEqual([1, 1])
  expect(weighTests([])).toHaveLength(0)
})

test('what a language model suggested weighs together as one metric', () => {
  const suggested = ['a', 'b', 'c'].map((name): PlacedTest => ({ ...place(name), origin: 'suggested' }))
  const weights = weighTests([place('signups'), place('churn'), ...suggested])
  expect([...weights].map((weight) => weight * 9)).toEqual(
    [15, 15, 5, 5, 5].map((weight) => expect.closeTo(weight, 12)),
  )
})

test('fields whose values are put beside each other weigh with those values', () => {
  const beside: PlacedTest = { ...place('signups'), by: ['source'] }
  const weights = weighTests([place('signups'), place('signups', 'source'), beside])
  expect([...weights]).toEqual([1.5, 0.75, 0.75])
})
