import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import { findLevel, halfLifeDays, type Spending } from './find-level.ts'

const first = '2026-01-01'
const dayOf = (at: number) => addPeriods(first, at, 'day')
const quiet = (asOf: string, level: number): Spending => ({ asOf, level, discoveries: 0, discoveriesMax: 1 })

/** Cycles one a day that find nothing. */
function liveQuietly(days: number): readonly Spending[] {
  const past: Spending[] = []
  for (let at = 0; at < days; at++) past.push(quiet(dayOf(at), findLevel(past, dayOf(at), 0.05)))
  return past
}

test('the first cycle has half of the rate, and so has one after a long silence', () => {
  expect(findLevel([], first, 0.05)).toBe(0.025)
  const past = liveQuietly(100)
  // all that was spent within a memory, at most the rate, counts 2^-5 after 150 days
  const late = findLevel(past, dayOf(100 + 5 * halfLifeDays), 0.05)
  expect(late).toBeGreaterThan(0.025 * (1 - 2 ** -4))
})

test('what was spent counts half after the half-life', () => {
  // 0.05 − 0.02 · ½ = 0.04 is left
  expect(findLevel([quiet(first, 0.02)], dayOf(halfLifeDays), 0.05)).toBeCloseTo(0.02, 12)
})

test('a discovery lessens what the others spent: 0.02 · 1 / (1 + 3) beside 0.01 · 4 / 4', () => {
  const past = [quiet(first, 0.02), { asOf: first, level: 0.01, discoveries: 3, discoveriesMax: 4 }]
  expect(findLevel(past, first, 0.05)).toBeCloseTo((0.05 - 0.02 / 4 - 0.01) / 2, 12)
})

test('whatever happens, what is spent within the memory is at most the rate', () => {
  const past = liveQuietly(250)
  const spent = past.reduce((sum, { level }, at) => sum + level * 2 ** ((at - 249) / halfLifeDays), 0)
  expect(spent).toBeLessThan(0.05)
  // and in the long run as much of it as is forgotten from day to day
  expect(past.at(-1)!.level).toBeGreaterThan(0.9 * 0.05 * (1 - 2 ** (-1 / halfLifeDays)))
  expect(past.every(({ level }) => level > 0)).toBe(true)
})
