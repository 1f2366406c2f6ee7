import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { alarmsMax } from '../simulation/count-alarms.ts'
import { cutPieces } from './cut-pieces.ts'
import { testBreak } from './test-break.ts'

const times = (count: number) => Int32Array.from({ length: count }, (_, at) => at)

test('agrees with the F test of two lines against one', () => {
  const values = Float64Array.from([1, 3, 2, 4, 3, 9, 8, 9, 7, 8])
  const { pSeen } = testBreak({ times: times(10), values, from: 0, to: 10 }, 5)
  // neighbours of the residuals do not resemble each other; sums of squares in fractions: 1296/55 around one line, 23/5 around two;
  // F(2, 4) = 8.24506 has the upper tail (1 + F/2)^−2, four places
  expect(pSeen).toBeCloseTo(0.152437, 6)
})

test.each([
  [40, 0],
  [40, 0.6],
  [100, 0],
  [100, 0.6],
  [100, 0.9],
  [300, 0.8],
])('the place that shows most in %i points with memory %d is no rarer than it says', (count, memory) => {
  const random = createRandom(63)
  let state = random.normal()
  let [five, one] = [0, 0]
  const rounds = 150
  for (let round = 0; round < rounds; round++) {
    const values = Float64Array.from({ length: count }, (_, at) => {
      state = memory * state + Math.sqrt(1 - memory * memory) * random.normal()
      return 0.05 * at + state
    })
    const at = findPlace(values)
    const { pValue } = testBreak({ times: times(count), values, from: 0, to: count }, at)
    if (pValue <= 0.05) five++
    if (pValue <= 0.01) one++
  }
  expect(five).toBeLessThanOrEqual(alarmsMax(rounds, 0.05))
  expect(one).toBeLessThanOrEqual(alarmsMax(rounds, 0.01))
})

/** The single cut that leaves least. */
function findPlace(values: Float64Array): number {
  for (let share = 0.5; ; share *= 0.8) {
    const starts = cutPieces(times(values.length), values, { share, least: 4 })
    if (starts.length > 0) return starts[0]!
  }
}
