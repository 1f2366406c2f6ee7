import { expect, test } from 'vitest'
import {
  formatBytes,
  formatChange,
  formatCount,
  formatDay,
  formatMs,
  formatNumber,
  formatPeriod,
  formatProbability,
  formatRange,
  formatSignedChange,
  formatTicks,
  withoutUnit,
} from './format.ts'

test.each([
  [41.2, {}, '41'],
  [4.25, {}, '4.3'],
  [0.0421, {}, '0.042'],
  [1234, {}, '1,234'],
  [9999.6, {}, '10,000'],
  [12_340, { unit: 'EUR', format: 'money' }, '12.3k EUR'],
  [999_700, {}, '1M'],
  [1_250_000, {}, '1.3M'],
  [-3210, {}, '−3,210'],
  [0, { unit: 'accounts' }, '0 accounts'],
  [1, { unit: 'accounts' }, '1 account'],
  [12_340.5, { exact: true }, '12,340.5'],
  [0.478, { format: 'percent' }, '48%'],
  [0.0478, { format: 'percent' }, '4.8%'],
  [0.00478, { format: 'percent' }, '0.48%'],
  [204, { format: 'duration', unit: 'seconds' }, '3.4 min'],
  [3.4, { format: 'duration', unit: 'minutes' }, '3.4 min'],
  [90, { format: 'duration', unit: 'minutes' }, '1.5 h'],
  [72, { format: 'duration', unit: 'hours' }, '3 days'],
  [Number.NaN, {}, '–'],
  [null, {}, '–'],
] as const)('%j with %j reads %s', (value, style, words) => {
  expect(formatNumber(value, style)).toBe(words)
})

test('a range has one precision and names its unit once', () => {
  expect(formatRange(70.1, 88)).toBe('70 to 88')
  expect(formatRange(9.4, 21, { unit: 'accounts' })).toBe('9 to 21 accounts')
  expect(formatRange(0.041, 0.0523, { format: 'percent' })).toBe('4.1% to 5.2%')
  expect(formatRange(50, 90, { format: 'duration', unit: 'minutes' })).toBe('0.8 to 1.5 h')
  expect(formatRange(5, 5)).toBe('5')
})

test('the ticks of an axis share one scale', () => {
  expect(formatTicks([0, 5000, 10_000, 15_000])).toEqual(['0', '5k', '10k', '15k'])
  expect(formatTicks([0, 2.5, 5])).toEqual(['0', '2.5', '5'])
  expect(formatTicks([20, 22.5, 25])).toEqual(['20', '22.5', '25'])
  expect(formatTicks([102_500, 105_000])).toEqual(['102.5k', '105k'])
  expect(formatTicks([0, 20, 40], { format: 'duration', unit: 'hours' })).toEqual(['0 h', '20 h', '40 h'])
  expect(formatTicks([0, 0.025, 0.05], { format: 'percent' })).toEqual(['0%', '2.5%', '5%'])
  expect(formatTicks([0, 500], { format: 'money', unit: 'EUR' })).toEqual(['0', '500'])
  expect(formatTicks([-0.3, 0, 0.3])).toEqual(['−0.3', '0', '0.3'])
})

test('a number beside one with its unit goes without, but a duration keeps what it is counted in', () => {
  expect(formatNumber(5.2, withoutUnit({ format: 'duration', unit: 'hours' }))).toBe('5.2 h')
  expect(formatNumber(5900, withoutUnit({ format: 'money', unit: 'EUR' }))).toBe('5,900')
})

test('a change says its direction and never rounds a rest away', () => {
  expect(formatChange(-0.478)).toBe('fell 48%')
  expect(formatChange(-0.9996)).toBe('fell 99.9%')
  expect(formatChange(-1)).toBe('fell 100%')
  expect(formatChange(0.004)).toBe('rose 0.4%')
  expect(formatChange(2.3)).toBe('rose 230%')
  expect(formatChange(13.2)).toBe('rose to 14 times')
  expect(formatChange(null)).toBe('changed')
  expect(formatSignedChange(-0.478)).toBe('−48%')
})

test('days and periods are said as people write them', () => {
  expect(formatDay('2026-09-14')).toBe('14 Sep 2026')
  expect(formatDay('2026-09-14', { year: false })).toBe('14 Sep')
  expect(formatPeriod('2026-09-14', 'week')).toBe('week of 14 Sep 2026')
  expect(formatPeriod('2026-07-01', 'quarter')).toBe('Q3 2026')
  expect(formatPeriod('2026-08-01', 'quarter')).toBe('the quarter from Aug 2026')
  expect(formatPeriod('2026-02-01', 'year')).toBe('the year from Feb 2026')
  expect(formatPeriod('2026-09-14T08:00:00Z', 'hour')).toBe('14 Sep 2026, 08:00')
})

test('counts keep all digits, times and chances are short', () => {
  expect(formatCount(12_431)).toBe('12,431')
  expect(formatMs(3.2)).toBe('3 ms')
  expect(formatMs(1240)).toBe('1.2 s')
  expect(formatMs(125_000)).toBe('2 min 5 s')
  expect(formatMs(600_000)).toBe('10 min')
  expect(formatProbability(0.034)).toBe('0.034')
  expect(formatProbability(0.000_42)).toBe('0.00042')
  expect(formatProbability(1e-6)).toBe('0.000001')
  expect(formatProbability(1e-9)).toBe('under 0.000001')
})

test('how much is read, in steps of a thousand', () => {
  expect([0, 640, 1000, 1_240_000, 99_960_000, 2.5e12, 7e18].map(formatBytes)).toEqual([
    '0 bytes',
    '640 bytes',
    '1 KB',
    '1.2 MB',
    '100 MB',
    '2.5 TB',
    '7,000 PB',
  ])
})
