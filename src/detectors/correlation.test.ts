import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { correlation } from './correlation.ts'
import { calmPoints, drawPoints } from './simulation/calm-points.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'

const detect = (first: readonly number[], second: readonly number[], units?: readonly number[]) =>
  correlation.detect(
    {
      first: Float64Array.from(first),
      second: Float64Array.from(second),
      ...(units && { units: Int32Array.from(units) }),
    },
    correlation.options.parse({}),
  )

test.each(Object.keys(calmPoints))('cries wolf no more often than it says: %s', (world) => {
  const { tested, counts } = countAlarms('correlation', world, 1500, [0.05, 0.01, 0.001], 60)
  expect(tested).toBe(1500)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('finds a connection of .4 in 100 heavy-tailed pairs, nearly always', () => {
  const random = createRandom(61)
  const found = Array.from({ length: 200 }, () =>
    correlation.detect(drawPoints(random, { count: 100, link: 0.4, isHeavy: true }), {}),
  ).filter((verdict) => verdict.status === 'tested' && verdict.pValue < 0.01 && verdict.direction === 'up')
  expect(found.length).toBeGreaterThan(170)
})

test('rows that lack a number do not count, and rows of one account count once', () => {
  const numbers = Array.from({ length: 19 }, (_, at) => at)
  expect(detect([...numbers, Number.NaN], [...numbers, 1])).toMatchObject({
    reason: 'has 19 rows with both numbers; correlation needs 20',
  })
  const many = Array.from({ length: 100 }, (_, at) => at)
  expect(detect(many, many, Array(100).fill(1))).toMatchObject({
    reason: 'has 1 accounts with both numbers; correlation needs 20',
  })
})

test('what is one number under two names, or a group, is not tested', () => {
  const numbers = Array.from({ length: 50 }, (_, at) => at)
  const doubled = numbers.map((x) => 2 * x)
  const halves = numbers.map((x) => x % 2)
  expect(detect(numbers, doubled).status).toBe('untestable')
  expect(detect(numbers, halves)).toMatchObject({ reason: expect.stringContaining('2 different values') })
})
