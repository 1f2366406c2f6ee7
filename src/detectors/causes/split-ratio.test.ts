import { expect, test } from 'vitest'
import { splitRatio } from './split-ratio.ts'

// by hand: shares 1/4 and 3/4 become 3/4 and 1/4, rates .4 and .2 become .5 and .1, so that the ratio goes from .25 to .4:
// mix = .5 × .45 − .5 × .15 = .15; rates = .1 × .5 − .1 × .5 = 0
test('two leaves by hand', () => {
  const leaves = {
    fields: ['leaf'],
    labels: [['a', 'b']],
    codes: [Int32Array.of(0, 1)],
    actual: Float64Array.of(150, 10),
    expected: Float64Array.of(40, 60),
  }
  const split = splitRatio(leaves, { actual: Float64Array.of(300, 100), expected: Float64Array.of(100, 300) })
  expect(split.before).toBeCloseTo(0.25, 12)
  expect(split.after).toBeCloseTo(0.4, 12)
  expect(split.mix.value).toBeCloseTo(0.15, 12)
  expect(split.rate.value).toBeCloseTo(0, 12)
})

test('a leaf that is new is all mix', () => {
  const leaves = {
    fields: ['leaf'],
    labels: [['a', 'b']],
    codes: [Int32Array.of(0, 1)],
    actual: Float64Array.of(10, 50),
    expected: Float64Array.of(10, 0),
  }
  const split = splitRatio(leaves, { actual: Float64Array.of(100, 100), expected: Float64Array.of(100, 0) })
  expect(split.rate.value).toBeCloseTo(0, 12)
  expect(split.mix.value).toBeCloseTo(0.2, 12)
})
