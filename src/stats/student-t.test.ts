import { expect, test } from 'vitest'
import { studentT } from './student-t.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with.

test('tails keep their digits far out', () => {
  // t.sf(0.5, 3)
  expect(studentT.upperTail(0.5, 3) / 0.325723982424075).toBeCloseTo(1, 11)
  // t.sf(2.5, 7.5)
  expect(studentT.upperTail(2.5, 7.5) / 0.0194101291368128).toBeCloseTo(1, 11)
  // t.sf(10, 20)
  expect(studentT.upperTail(10, 20) / 1.58189087935719e-9).toBeCloseTo(1, 11)
  // t.sf(40, 18)
  expect(studentT.upperTail(40, 18) / 2.4326308461525e-19).toBeCloseTo(1, 11)
  // t.sf(6, 200)
  expect(studentT.upperTail(6, 200) / 4.55756017440519e-9).toBeCloseTo(1, 11)
  // t.sf(-2, 4)
  expect(studentT.upperTail(-2, 4) / 0.941941738241592).toBeCloseTo(1, 11)
})

test('without limit to its degrees of freedom it is the normal distribution', () => {
  expect(studentT.upperTail(2, Number.POSITIVE_INFINITY)).toBeCloseTo(0.022750131948179, 12)
})

test('the quick normal score is within 2% of the exact one as far out as 1e-12', () => {
  for (const df of [3, 8, 30, 120])
    for (const x of [0.5, 2, 5, 9]) {
      const exact = studentT.toNormal(x, df)
      if (exact < 7) expect(Math.abs(studentT.approachNormal(x, df) / exact - 1)).toBeLessThan(0.02)
    }
})
