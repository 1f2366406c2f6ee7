import { expect, test } from 'vitest'
import { criticalT } from './critical-t.ts'

test.each([
  // R: qt(0.975, df)
  [1, 12.7062047361747],
  [4, 2.77644510519779],
  [30, 2.04227245630124],
  [Number.POSITIVE_INFINITY, 1.95996398454005],
])('95%% of t with %f degrees of freedom lie within ± %f', (df, t) => {
  expect(criticalT(df) / t).toBeCloseTo(1, 10)
})

test('less than one degree of freedom has an interval, too', () => {
  expect(criticalT(0.5)).toBeGreaterThan(100)
})
