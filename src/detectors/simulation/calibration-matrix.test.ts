import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { listDetectors } from '../index.ts'
import { calibrationMatrix } from './calibration-matrix.ts'
import { alarmsMax } from './count-alarms.ts'
import { simulateSeries } from './simulate-series.ts'

const cells = Object.entries(calibrationMatrix)

test('every pair of values of two factors occurs in some cell', () => {
  const factors = cells.map(([, { distribution, length, memory, growth, isWeekly }]) => [
    distribution,
    length,
    memory,
    growth > 0,
    isWeekly,
  ])
  const count = (...at: number[]) => new Set(factors.map((values) => at.map((k) => values[k]).join())).size
  for (let one = 0; one < 5; one++)
    for (let other = 0; other < one; other++) expect(count(one, other)).toBe(count(one) * count(other))
})

/** What some cells hold, so that it is rightly told. */
const trueSometimes = new Set(['trend'])

test.each(cells.filter((_, k) => k % 7 === 0))('no detector of changes cries wolf too often: %s', (_, life) => {
  const random = createRandom(81)
  const rounds = 50
  const detectors = listDetectors('series').filter(({ name }) => !trueSometimes.has(name))
  const alarms = detectors.map(() => 0)
  for (let round = 0; round < rounds; round++) {
    const series = simulateSeries(random, life)
    detectors.forEach(({ detect, options }, k) => {
      const verdict = detect(series, options.parse({}))
      if (verdict.status === 'tested' && verdict.pValue <= 0.05) alarms[k] = alarms[k]! + 1
    })
  }
  detectors.forEach(({ name }, k) => {
    expect(alarms[k], name).toBeLessThanOrEqual(alarmsMax(rounds, 0.05))
  })
})
