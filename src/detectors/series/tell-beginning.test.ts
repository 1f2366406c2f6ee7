import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { levelShift } from '../level-shift.ts'
import type { Series } from '../shapes.ts'
import { takeSample } from './sample.ts'
import { tellBeginning } from './tell-beginning.ts'

const length = 300

function make(draw: (day: number) => number, kind: Series['kind'] = 'count'): Series {
  const values = Float64Array.from({ length }, (_, day) => draw(day))
  return { at: Array.from(values, (_, day) => String(day)), values, grain: 'day', kind }
}

const tell = (series: Series) => tellBeginning(series, takeSample(series, 7))

test('what was never there and is there each day now began, with the chance of an urn', () => {
  const verdict = tell(make((day) => (day < 280 ? 0 : 20)))!
  // R: 2 / choose(300, 20)
  expect(verdict.pValue / 2.66651245e-31).toBeCloseTo(1, 6)
  expect(verdict).toMatchObject({
    direction: 'up',
    from: 280,
    to: length,
    observed: 20,
    expected: 0,
    change: Number.NaN,
  })
  // R: 1 - 0.025^(1/280) = 0.01308
  expect(verdict.high).toBeCloseTo(20 * 0.01308, 3)
  expect(verdict.effect).toMatchObject({ value: 1, high: 1 })
  expect(verdict.effect.low).toBeGreaterThan(0.8)
})

test('a level shift is told from nothing, and a sum as well as a count', () => {
  const series = make((day) => (day < 280 || (day + 2) % 7 > 4 ? 0 : 12.5), 'amount')
  const verdict = levelShift.detect(series, levelShift.options.parse({}))
  expect(verdict).toMatchObject({ status: 'tested', direction: 'up', from: 280, expected: 0 })
  expect(verdict.status === 'tested' && verdict.pValue).toBeLessThan(1e-10)
})

test('what was there before, is over, is too young, or could be chance is left to the search', () => {
  expect(tell(make((day) => (day === 3 || day >= 280 ? 20 : 0)))).toBeUndefined()
  expect(tell(make((day) => (day >= 200 && day < 280 ? 20 : 0)))).toBeUndefined()
  expect(tell(make((day) => (day >= 295 ? 20 : 0)))).toBeDefined()
  expect(tell(make((day) => (day >= 296 ? 20 : 0)))).toBeUndefined()
  expect(tell(make((day) => (day < 20 ? 0 : 20)))).toBeUndefined()
  expect(tell(make((day) => (day < 280 ? 0 : 20), 'mean'))).toBeUndefined()
})

test('rare rows of a value that was there all along begin by chance no more often than it says', () => {
  const random = createRandom(4)
  let told = 0
  for (let round = 0; round < 20_000; round++) told += Number(tell(make(() => random.poisson(0.02))) !== undefined)
  // 1e-4 of 20,000 are 2 at most
  expect(told).toBeLessThanOrEqual(6)
})
