import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { isMoreThanChance, type UnitRows } from './weigh-units.ts'

const users = 100
const none = { insideWeight: 0, beforeWeight: 0 }
const sumOf = (units: readonly UnitRows[]) => units.reduce((sum, { inside }) => sum + inside, 0)

/** Users whose rows in a window are so many times those before, half of whom left or joined. */
function drawUsers(seed: number, times: number): readonly UnitRows[] {
  const random = createRandom(seed)
  return Array.from({ length: users }, (_, user) => {
    const pace = 12 * random.exponential()
    const before = user % 4 === 0 ? 0 : random.poisson(pace)
    return { ...none, before, inside: user % 4 === 1 ? 0 : random.poisson(pace * times) }
  })
}

const expected = users * 0.75 * 12
const judge = (units: readonly UnitRows[]) =>
  isMoreThanChance(units, { actual: sumOf(units), expected }, { isRate: false, conditions: 1 })

test('users who come and go are seldom taken for a movement, though rows by themselves would be', () => {
  const drawn = Array.from({ length: 300 }, (_, seed) => drawUsers(seed + 1, 1))
  const byRows = drawn.filter((units) => Math.abs(sumOf(units) - expected) >= 3 * Math.sqrt(expected))
  expect(drawn.filter(judge).length).toBeLessThanOrEqual(6)
  expect(byRows.length).toBeGreaterThan(60)
})

test('what most of them do is one', () => {
  const found = Array.from({ length: 50 }, (_, seed) => judge(drawUsers(seed + 1, 0.4)))
  expect(found.filter(Boolean).length).toBeGreaterThan(45)
})

test('what a few accounts all do is one, too', () => {
  const accounts = [400, 80, 60, 40, 30, 20].map((before) => ({ ...none, before, inside: 0.4 * before }))
  expect(isMoreThanChance(accounts, { actual: 252, expected: 630 }, { isRate: false, conditions: 1 })).toBe(true)
})

test('one of them alone is none, and nobody left is one', () => {
  const began = { ...none, inside: 500, before: 0 }
  const others = Array.from({ length: 20 }, () => ({ ...none, inside: 5, before: 5 }))
  expect(isMoreThanChance([began], { actual: 500, expected: 0.5 }, { isRate: false, conditions: 1 })).toBe(false)
  expect(isMoreThanChance([began, ...others], { actual: 600, expected: 100 }, { isRate: false, conditions: 1 })).toBe(
    false,
  )
  const gone = Array.from({ length: 40 }, () => ({ ...none, inside: 0, before: 10 }))
  expect(isMoreThanChance(gone, { actual: 0, expected: 300 }, { isRate: false, conditions: 1 })).toBe(true)
})

test('a rate that one with another rate moves is chance, one that all move is none', () => {
  const usual = Array.from({ length: 15 }, () => ({ inside: 10, before: 20, insideWeight: 100, beforeWeight: 200 }))
  const came = { inside: 400, before: 0, insideWeight: 1000, beforeWeight: 0 }
  expect(isMoreThanChance([...usual, came], { actual: 0.22, expected: 0.1 }, { isRate: true, conditions: 1 })).toBe(
    false,
  )
  const random = createRandom(3)
  const moved = usual.map((one) => ({ ...one, inside: 20 + random.poisson(4) - 4 }))
  expect(isMoreThanChance(moved, { actual: 0.2, expected: 0.1 }, { isRate: true, conditions: 1 })).toBe(true)
})
