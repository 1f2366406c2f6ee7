import { expect, test } from 'vitest'
import { createRandom } from './random.ts'
import { learnTails, weighTail } from './tail-mixture.ts'

const prior = [1, 1, 1, 1, 1, 1, 1]

test('normal values teach light tails, Student values heavy ones', () => {
  const random = createRandom(2)
  const light = Float64Array.from({ length: 400 }, random.normal)
  const heavy = Float64Array.from({ length: 400 }, () => random.studentT(3))
  const [fromLight, fromHeavy] = [light, heavy].map((values) => weighTail(learnTails(values, 400, prior), 8, 390))
  expect(fromLight).toBeLessThan(1e-6)
  expect(fromHeavy).toBeGreaterThan(1e-4)
  // t.sf(8, 3) = 0.00203
  expect(fromHeavy! / 0.00203).toBeGreaterThan(0.3)
})

test('tails that are learnt are those of new values', () => {
  const random = createRandom(5)
  let above = 0
  for (let round = 0; round < 2000; round++) {
    const values = Float64Array.from({ length: 150 }, () => random.studentT(5))
    if (2 * weighTail(learnTails(values, 150, prior), Math.abs(random.studentT(5)), 150) < 0.01) above++
  }
  expect(above).toBeGreaterThan(8)
  expect(above).toBeLessThan(34)
})
