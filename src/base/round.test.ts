import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roundTo } from './round.ts'

test('rounds as the digits of the number itself do', () => {
  const exact = (value: number, digits: number) =>
    Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(digits))
  const cents = fc.integer({ min: -1e12, max: 1e12 }).map((one) => one / 100 + 1e-7)
  const wide = fc.tuple(fc.double(), fc.integer({ min: -30, max: 30 })).map(([one, power]) => one * 10 ** power)
  const ties = fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom(2, 4, 8, 16)).map(([one, by]) => one + 1 / by)
  fc.assert(
    fc.property(fc.oneof(fc.double(), cents, wide, ties), fc.integer({ min: 1, max: 17 }), (value, digits) => {
      expect(roundTo(value, digits)).toBe(exact(value, digits))
    }),
    { numRuns: 20_000 },
  )
})
