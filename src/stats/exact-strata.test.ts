import { expect, test } from 'vitest'
import { testStrataExactly } from './exact-strata.ts'

const table = (exposedWith: number, exposedWithout: number, otherWith: number, otherWithout: number) => ({
  exposedWith,
  exposedWithout,
  otherWith,
  otherWithout,
})

test('rabbits and penicillin', () => {
  // R: mantelhaen.test(Rabbits, exact = TRUE): S = 16, p-value = 0.03994 (the distribution is symmetric); digits from exact fractions
  const { pValue, method } = testStrataExactly([
    table(0, 6, 0, 5),
    table(3, 3, 0, 6),
    table(6, 0, 2, 4),
    table(5, 1, 6, 0),
    table(2, 0, 5, 0),
  ])
  expect(method).toBe('exact')
  expect(pValue).toBeCloseTo(0.0399449035812672, 12)
})

test('one table is Fisher’s test, and a large one close to the normal distribution', () => {
  // R: 2 * fisher.test(matrix(c(8, 5, 2, 10), 2), alternative = "greater")$p.value
  expect(testStrataExactly([table(8, 5, 2, 10)]).pValue).toBeCloseTo(0.0573966886525777, 12)
  const [exact, normal] = [table(620, 2380, 700, 2300), table(630, 2400, 700, 2300)].map((one) =>
    testStrataExactly([one]),
  )
  expect(exact!.method).toBe('exact')
  const large = testStrataExactly([table(2100, 4900, 1900, 5100), table(500, 900, 480, 920)])
  expect(large.method).toBe('normal')
  expect(large.pValue).toBeGreaterThan(1e-6)
  expect(normal!.pValue).toBeGreaterThan(exact!.pValue)
})

test('tables that can only be as they are say nothing', () => {
  expect(testStrataExactly([table(3, 0, 2, 0), table(0, 0, 4, 5)])).toEqual({ pValue: 1, method: 'exact' })
})
