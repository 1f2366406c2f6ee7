import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { areEven, weighEvenness } from './weigh-evenness.ts'

test('ratios that are one differ by chance, at the level that is asked', () => {
  const random = createRandom(3)
  const runs = 4000
  let apart = 0
  for (let run = 0; run < runs; run++) {
    const errors = [0.03, 0.05, 0.08, 0.1, 0.04]
    const ratios = errors.map((error) => ({ log: -0.4 + error * random.normal(), error }))
    if (!areEven([weighEvenness(ratios)], 0.05, Number.POSITIVE_INFINITY)) apart += 1
  }
  expect(apart / runs).toBeGreaterThan(0.04)
  expect(apart / runs).toBeLessThan(0.06)
})

test('the mean is that of the certain ones, and what differs beyond chance is measured', () => {
  const even = weighEvenness([
    { log: -0.4, error: 0.01 },
    { log: 0, error: 1 },
  ])
  expect(even.log).toBeCloseTo(-0.4, 3)
  expect(even.error).toBeCloseTo(0.01, 3)
  const apart = weighEvenness([-0.6, -0.4, -0.2].map((log) => ({ log, error: 0.02 })))
  // Q 200 with 2 degrees of freedom, so that the standard deviation is 0.2 less what chance gives
  expect(apart.q).toBeCloseTo(200, 6)
  expect(areEven([apart], 0, 0.2)).toBe(true)
  expect(areEven([apart], 0, 0.19)).toBe(false)
})

test('what cannot be compared is even', () => {
  expect(areEven([weighEvenness([{ log: -1, error: 0.1 }])], 0.05, 0)).toBe(true)
})
