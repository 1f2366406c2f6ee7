import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { isMoreThanChance, type UnitSums } from './weigh-units.ts'

const users = 100

/** Sums over users whose rows in a window are so many times those before, half of whom left or joined. */
function drawSums(seed: number, times: number): UnitSums & { readonly expected: number; readonly actual: number } {
  const random = createRandom(seed)
  const sums = { inside: 0, before: 0, insideSquares: 0, products: 0, beforeSquares: 0 }
  for (let user = 0; user < users; user++) {
    const pace = 12 * random.exponential()
    const before = user % 4 === 0 ? 0 : random.poisson(pace)
    const inside = user % 4 === 1 ? 0 : random.poisson(pace * times)
    sums.inside += inside
    sums.before += before
    sums.insideSquares += inside * inside
    sums.products += inside * before
    sums.beforeSquares += before * before
  }
  return { ...sums, actual: sums.inside, expected: users * 0.75 * 12 }
}

test('users who come and go are seldom taken for a movement, though rows by themselves would be', () => {
  let found = 0
  let rows = 0
  for (let seed = 1; seed <= 300; seed++) {
    const sums = drawSums(seed, 1)
    found += Number(isMoreThanChance(sums, sums))
    rows += Number(Math.abs(sums.actual - sums.expected) >= 3 * Math.sqrt(sums.expected))
  }
  expect(found).toBeLessThanOrEqual(6)
  expect(rows).toBeGreaterThan(60)
})

test('what most of them do is one', () => {
  let found = 0
  for (let seed = 1; seed <= 50; seed++) {
    const sums = drawSums(seed, 0.4)
    found += Number(isMoreThanChance(sums, sums))
  }
  expect(found).toBeGreaterThan(45)
})

test('one of them alone is none, and nobody left is one', () => {
  const one = { inside: 500, before: 0, insideSquares: 250_000, products: 0, beforeSquares: 0 }
  expect(isMoreThanChance(one, { actual: 500, expected: 0.5 })).toBe(false)
  const gone = { inside: 0, before: 400, insideSquares: 0, products: 0, beforeSquares: 4000 }
  expect(isMoreThanChance(gone, { actual: 0, expected: 300 })).toBe(true)
})
