import { expect, test } from 'vitest'
import { type PlacedTest, weighTests } from './weigh-tests.ts'

const place = (metric: string, ...fields: readonly string[]): PlacedTest => ({
  model: 'account',
  metric,
  slice: fields.map((field) => ({ field, value: 'x' })),
})

test('levels share by what happens most, then families evenly, then the tests of a family', () => {
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
  // 8 tests: values have half of it, wholes and pairs a quarter each, in two, two and one families, whatever the order of the fields
  const weights = weighTests(tests)
  expect([...weights]).toEqual([0.5, 0.5, 1, 2, 1, 1, 1, 1])
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
  expect([...weights]).toEqual([1, 1, 1])
})

test('in a family what happens most weighs most', () => {
  const asked = ['level_shift', 'outlier', 'record'].map((detector): PlacedTest => ({ ...place('signups'), detector }))
  expect([...weighTests(asked)]).toEqual([1.5, 1, 0.5])
})
