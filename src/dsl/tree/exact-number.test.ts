import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bindExact, compareExact, isLong, measureDigits, negateExact, readExact } from './exact-number.ts'

test.each([
  ['12.50', 12.5],
  ['007', 7],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1e300', 1e300],
  ['0.1', 0.1],
  ['0.30000000000000004', 0.30000000000000004],
  ['9007199254740992', 9007199254740992],
  ['9007199254740993', '9007199254740993'],
  ['09007199254740993.0', '9007199254740993'],
  ['-9007199254740993', '-9007199254740993'],
  ['0.1234567890123456789', '0.1234567890123456789'],
  ['1234567890123456789e-3', '1234567890123456.789'],
  ['12345678901234567890e2', '1234567890123456789000'],
  ['-0', 0],
  ['0.000', 0],
  ['1e999', undefined],
  ['1e999999', undefined],
  ['123456789012345678901234567890123456789', undefined],
  ['0.123456789012345678901234567890123456789', undefined],
])('%s is %s', (text, value) => {
  expect(readExact(text)).toBe(value)
})

test('percent signs move the point, and lose nothing', () => {
  expect(readExact('30', -2)).toBe(0.3)
  expect(readExact('12.345678901234567891', -2)).toBe('0.12345678901234567891')
})

test('whole numbers beyond 2^53 are bound by their digits, also those that a double happens to hold', () => {
  expect(bindExact(9007199254740994)).toBe('9007199254740994')
  expect(bindExact(1e22)).toBe('10000000000000000000000')
  expect([bindExact(1e300), bindExact(9007199254740991), bindExact(0.1)]).toEqual([1e300, 9007199254740991, 0.1])
})

test('numbers are compared by their digits', () => {
  expect(compareExact('9007199254740993', 9007199254740992)).toBeGreaterThan(0)
  expect(compareExact('-9007199254740993', 1)).toBeLessThan(0)
  expect(compareExact('0.1234567890123456789', '0.123456789012345679')).toBeLessThan(0)
  expect(compareExact(1e300, '9007199254740993')).toBeGreaterThan(0)
  expect(compareExact(2, 10)).toBeLessThan(0)
})

test('whatever is read reads back, and its negation too', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }), fc.nat(20), (whole, places) => {
      const read = readExact(`${whole}e-${places}`)
      if (read === undefined) return
      expect(readExact(String(read))).toBe(read)
      expect(compareExact(read, read)).toBe(0)
      expect(negateExact(negateExact(read))).toBe(read)
    }),
    { seed: 7 },
  )
})

test('the width of a number is that of its digits', () => {
  expect(measureDigits('-0.05')).toEqual({ precision: 2, scale: 2 })
  expect(measureDigits('1234.5')).toEqual({ precision: 5, scale: 1 })
  expect(isLong('9223372036854775807')).toBe(true)
  expect(isLong('9223372036854775808')).toBe(false)
  expect(isLong('0.5')).toBe(false)
})
