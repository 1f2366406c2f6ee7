import { expect, test } from 'vitest'
import { readDay, readDecimal, readFloat, readInstant, readInstantText, readScaled, readWhole } from './cells.ts'

test('whole numbers are numbers up to 2^53 and text beyond', () => {
  expect(readWhole(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991)
  expect(readWhole(9_007_199_254_740_992n)).toBe('9007199254740992')
  expect(readWhole(-9_007_199_254_740_993n)).toBe('-9007199254740993')
})

test('decimals stay numbers unless digits would be lost', () => {
  expect(readDecimal('12.50')).toBe(12.5)
  expect(readDecimal('-0.000')).toBe(0)
  expect(readDecimal('0.1234567890123456789')).toBe('0.1234567890123456789')
  expect(readDecimal('12345678901234567890.100')).toBe('12345678901234567890.1')
  expect(readDecimal('1000000.00000000000000000000')).toBe(1_000_000)
  expect(readDecimal('NaN')).toBeNull()
})

test('a scaled integer reads as its decimal', () => {
  expect(readScaled(1250n, 2)).toBe(12.5)
  expect(readScaled(-5n, 3)).toBe(-0.005)
  expect(readScaled(12_345_678_901_234_567_890n, 2)).toBe('123456789012345678.9')
  expect(readScaled(-12_345_678_901_234_567_890n, 20)).toBe('-0.1234567890123456789')
})

test('what is no number is empty, and zero has no sign', () => {
  expect(readFloat(Number.NaN)).toBeNull()
  expect(readFloat(Number.POSITIVE_INFINITY)).toBeNull()
  expect(Object.is(readFloat(-0), 0)).toBe(true)
})

test('days and instants read as ISO 8601, before 1970 too', () => {
  expect(readDay(0)).toBe('1970-01-01')
  expect(readDay(-1)).toBe('1969-12-31')
  expect(readInstant(0n)).toBe('1970-01-01T00:00:00Z')
  expect(readInstant(-1n)).toBe('1969-12-31T23:59:59.999999Z')
  expect(readInstant(1_711_846_800_500_000n)).toBe('2024-03-31T01:00:00.500Z')
})

test('an instant as Postgres writes it reads the same as from a number', () => {
  expect(readInstantText('2024-03-31 01:00:00+00')).toBe('2024-03-31T01:00:00Z')
  expect(readInstantText('2024-03-31 01:00:00.5')).toBe('2024-03-31T01:00:00.500Z')
  expect(readInstantText('1969-12-31 23:59:59.999999+00')).toBe('1969-12-31T23:59:59.999999Z')
  expect(readInstantText('infinity')).toBe('infinity')
})
