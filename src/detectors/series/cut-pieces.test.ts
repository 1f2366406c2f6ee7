import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { cutPieces } from './cut-pieces.ts'

const number = (count: number) => Int32Array.from({ length: count }, (_, at) => at)

/** Sum of squares around the line through some points, from its definition. */
function misfit(values: readonly number[]): number {
  const count = values.length
  const x = (count - 1) / 2
  const y = values.reduce((sum, value) => sum + value, 0) / count
  let [across, along, around] = [0, 0, 0]
  values.forEach((value, at) => {
    across += (at - x) ** 2
    along += (at - x) * (value - y)
    around += (value - y) ** 2
  })
  return around - along ** 2 / across
}

/** The least that pieces leave, tried one by one. */
function leastOf(values: readonly number[], least: number, price: number): number {
  let best = misfit(values)
  for (let at = least; at <= values.length - least; at++)
    best = Math.min(best, leastOf(values.slice(0, at), least, price) + price + misfit(values.slice(at)))
  return best
}

test('no other cut leaves less', () => {
  const random = createRandom(61)
  for (let round = 0; round < 20; round++) {
    const values = Array.from({ length: 16 }, (_, at) => (at > 6 ? 2 : 0) + random.normal())
    const mean = values.reduce((sum, x) => sum + x, 0) / 16
    const price = 0.1 * values.reduce((sum, x) => sum + (x - mean) ** 2, 0)
    const starts = cutPieces(number(16), Float64Array.from(values), { share: 0.1, least: 3 })
    const ends = [0, ...starts, 16]
    const left =
      starts.length * price + ends.slice(1).reduce((sum, to, k) => sum + misfit(values.slice(ends[k], to)), 0)
    expect(left).toBeCloseTo(leastOf(values, 3, price), 9)
  }
})

test('a long series is cut at the very point', () => {
  const random = createRandom(62)
  const values = Float64Array.from(
    { length: 9001 },
    (_, at) => (at < 4003 ? 0 : 8 - (at - 4003) / 500) + random.normal(),
  )
  expect(cutPieces(number(9001), values, { share: 0.05, least: 100 })).toEqual([4003])
})

test('missing points do not bend a line', () => {
  const times = Int32Array.from([0, 1, 2, 3, 4, 20, 21, 22, 23, 24])
  expect(
    cutPieces(
      times,
      Float64Array.from(times, (x) => 3 * x),
      { share: 0.001, least: 3 },
    ),
  ).toEqual([])
})
