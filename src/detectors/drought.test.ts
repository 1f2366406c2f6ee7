import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { TestedSeries } from './detector.ts'
import { drought } from './drought.ts'
import type { Series } from './shapes.ts'
import { calmZeros } from './simulation/calm-zeros.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'
import { type Life, lives, simulateSeries } from './simulation/simulate-series.ts'

const options = drought.options.parse({})
const plain = lives.plain!
const detect = (series: Series) => drought.detect(series, options)

function detectIn(values: readonly number[], kind: Series['kind'] = 'count'): ReturnType<typeof detect> {
  return detect({ at: values.map(String), values: Float64Array.from(values), grain: 'day', kind })
}

test.each(listWorlds('drought'))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('drought', name, 90, [0.05, 0.01, 0.001], 60)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

/** Verdicts on series whose last `days` are empty. */
function dryUp(life: Life, days: number, rounds: number, seed: number): readonly TestedSeries[] {
  const random = createRandom(seed)
  const effect = { from: life.length - days, to: life.length, factor: 0 }
  return Array.from({ length: rounds }, () => detect(simulateSeries(random, life, effect)) as TestedSeries)
}

test.each([
  ['plain', 7, 1e-4],
  ['plain', 14, 1e-6],
  ['few a day', 14, 1e-3],
  ['money', 10, 1e-3],
  ['share of many', 7, 1e-3],
  ['growing', 7, 1e-4],
  ['short, with memory', 7, 1e-3],
] as const)('finds that a %s series had nothing for %d days', (name, days, pMax) => {
  const life = lives[name]!
  const verdicts = dryUp(life, days, 30, 61)
  const found = verdicts.filter(({ pValue, to }) => pValue < pMax && to === life.length)
  expect(found.length).toBeGreaterThanOrEqual(25)
  for (const { from, direction, details, observed } of found) {
    expect(life.length - from).toBeGreaterThanOrEqual(days)
    expect([direction, details.run, observed]).toEqual(['down', 'empty', 0])
  }
})

test('a drought that is over is told, with its end', () => {
  const series = simulateSeries(createRandom(62), plain, { from: 160, to: 170, factor: 0 })
  expect(detect(series)).toMatchObject({ from: 160, to: 170, details: { length: 10 } })
})

test('an empty weekend is usual where weekends are empty, an empty week is not', () => {
  const series = calmZeros['closed at weekends']!(createRandom(63))
  expect((detect(series) as TestedSeries).pValue).toBeGreaterThan(0.5)
  const values = series.values.slice()
  values.fill(0, 168, 180)
  expect((detect({ ...series, values }) as TestedSeries).pValue).toBeLessThan(1e-3)
})

test('a value that does not move is told, the value it stands at too', () => {
  const random = createRandom(64)
  for (const name of ['lognormal', 'plain', 'pure memory']) {
    const series = simulateSeries(random, lives[name]!)
    series.values.fill(series.values[171]!, 171)
    const { pValue, from, to, details, effect, observed } = detect(series) as TestedSeries
    expect(pValue).toBeLessThan(1e-4)
    expect([from, to, details.run, details.length]).toEqual([171, 182, 'unchanged', 11])
    expect(observed).toBeCloseTo(series.values[171]!, 6)
    // none of ten changed: 1 − 0.025^(1/10), Clopper and Pearson
    expect(effect!.high).toBeCloseTo(0.30849710781876083, 12)
  }
})

test('missing values and declared events neither make a drought nor end one', () => {
  const series = simulateSeries(createRandom(65), plain, { from: 172, to: 182, factor: 0 })
  const whole = detect(series) as TestedSeries
  const excluded = new Uint8Array(182).fill(1, 172)
  expect((detect({ ...series, excluded }) as TestedSeries).pValue).toBe(1)
  const gap = series.values.slice()
  gap[176] = Number.NaN
  const verdict = detect({ ...series, values: gap }) as TestedSeries
  expect([verdict.from, verdict.to, verdict.details.length]).toEqual([172, 182, 9])
  expect(verdict.pValue).toBeGreaterThan(whole.pValue)
  expect(verdict.pValue).toBeLessThan(1e-4)
})

test('says what was expected of the time', () => {
  const { observed, expected, low, high, change, band } = dryUp(plain, 10, 1, 66)[0]!
  expect([observed, change]).toEqual([0, -1])
  expect(expected).toBeGreaterThan(50)
  expect(expected).toBeLessThan(70)
  expect(low).toBeLessThan(expected)
  expect(high).toBeGreaterThan(expected)
  expect(band.expected).toHaveLength(182)
})

test('says why it cannot tell', () => {
  const reasonOf = (values: readonly number[]) => {
    const verdict = detectIn(values)
    return verdict.status === 'untestable' ? verdict.reason : verdict
  }
  expect(reasonOf([1, 2, 3])).toBe('has 3 points; drought needs 28')
  expect(reasonOf(Array<number>(90).fill(0))).toBe('all 90 values are 0')
  expect(reasonOf([...Array<number>(97).fill(0), 5, 7, 3])).toBe('only 3 of 100 values are not 0')
  expect(reasonOf([3, ...Array<number>(60).fill(0), 5, 7, 3, 8, 6, 5])).toBe(
    'only 1 of the 45 values before the last ones are not 0',
  )
  // a level that never moved and then fell to nothing can be told
  expect(detectIn([...Array<number>(80).fill(7), ...Array<number>(12).fill(0)])).toMatchObject({
    from: 80,
    expected: 7,
  })
})
