import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { TestedSeries } from './detector.ts'
import { levelShift } from './level-shift.ts'
import type { Series } from './shapes.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'
import { type Effect, lives, simulateSeries } from './simulation/simulate-series.ts'

const options = levelShift.options.parse({})
const plain = lives.plain!
const detect = (series: Series) => levelShift.detect(series, options)

function detectIn(values: readonly number[], kind: Series['kind'] = 'count'): ReturnType<typeof detect> {
  return detect({ at: values.map(String), values: Float64Array.from(values), grain: 'day', kind })
}

/** Verdicts on series in which `effect` happens. */
function detectMany(rounds: number, life: typeof plain, effect: Effect, seed: number): readonly TestedSeries[] {
  const random = createRandom(seed)
  return Array.from({ length: rounds }, () => detect(simulateSeries(random, life, effect)) as TestedSeries)
}

const sure = 1e-5

test.each(Object.keys(lives))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('level_shift', name, 80, [0.05, 0.01, 0.001], 20)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('in the far tail p-values are right: none of 2,000 calm series is below 1e-5', () => {
  const { least } = countAlarms('level_shift', 'with memory', 2000, [], 21)
  expect(least).toBeGreaterThan(1e-5)
}, 120_000)

test.each([
  ['a fall by 40% for 45 days', { from: 355, to: 400, factor: 0.6 }, 0.95],
  ['a rise by 60% for 40 days', { from: 360, to: 400, factor: 1.6 }, 0.95],
  ['a fall to nothing for 8 days', { from: 392, to: 400, factor: 0 }, 0.95],
  ['a fall by 80% for 4 days', { from: 396, to: 400, factor: 0.2 }, 0.9],
  ['a rise by 60% that went away after 25 days', { from: 330, to: 355, factor: 1.6 }, 0.9],
])('finds %s, and when it began', (_, effect, shareMin) => {
  const verdicts = detectMany(40, { ...plain, length: 400, memory: 0.5 }, effect, 22)
  const found = verdicts.filter(({ pValue }) => pValue < sure)
  expect(found.length).toBeGreaterThanOrEqual(40 * shareMin)
  const near = found.filter(({ from, to }) => Math.abs(from - effect.from) <= 7 && Math.abs(to - effect.to) <= 7)
  expect(near.length).toBeGreaterThanOrEqual(found.length * 0.9)
  for (const { direction } of found) expect(direction).toBe(effect.factor > 1 ? 'up' : 'down')
})

const fewRows = { ...plain, length: 160, distribution: 'binomial ratio', rows: 6 } as const

test('a rate of six rows a day that tripled is not lost to a trend that nobody has seen', () => {
  const verdicts = detectMany(60, fewRows, { from: 107, to: 160, factor: 3 }, 31)
  const found = verdicts.filter(({ pValue }) => pValue < 1e-3)
  // with growth as free as that of counts: 15
  expect(found.length).toBeGreaterThanOrEqual(45)
  const times = found.reduce((sum, { observed, expected }) => sum + observed / expected, 0) / found.length
  expect(times).toBeGreaterThan(2.5)
  expect(times).toBeLessThan(3.5)
})

test('a rate that drifts to twice its odds in half a year is seldom told as a step', () => {
  const random = createRandom(32)
  const verdicts = Array.from({ length: 300 }, () => {
    const { values, weights, ...series } = simulateSeries(random, { ...fewRows, length: 182 })
    const drifted = values.map((_, at) => {
      const odds = 0.1 * Math.exp(Math.LN2 * (at / 182))
      return weights![at]! > 0 ? random.binomial(weights![at]!, odds / (1 + odds)) / weights![at]! : Number.NaN
    })
    return detect({ ...series, values: drifted, weights: weights! }) as TestedSeries
  })
  expect(verdicts.filter(({ pValue }) => pValue <= 0.05).length).toBeLessThanOrEqual(alarmsMax(300, 0.05))
})

test('tells what held for long and ended by its end: that is what people see', () => {
  const verdicts = detectMany(20, { ...plain, length: 400, memory: 0.5 }, { from: 250, to: 360, factor: 1.8 }, 27)
  const found = verdicts.filter(({ pValue }) => pValue < sure)
  expect(found.length).toBeGreaterThanOrEqual(18)
  for (const { from, to, direction, observed, expected } of found) {
    expect(Math.abs(from - 360)).toBeLessThanOrEqual(7)
    expect([to, direction]).toEqual([400, 'down'])
    expect(observed / expected).toBeGreaterThan(0.4)
    expect(observed / expected).toBeLessThan(0.75)
  }
})

test.each([
  ['three weeks that ended a week ago', { from: 372, to: 393, factor: 0.5 }],
  ['a week that ended four days ago', { from: 389, to: 396, factor: 0.05 }],
])('tells %s as what it was, not as its end', (_, effect) => {
  const verdicts = detectMany(40, { ...plain, length: 400, memory: 0.3 }, effect, 29)
  const found = verdicts.filter(({ pValue }) => pValue < sure)
  expect(found.length).toBeGreaterThanOrEqual(36)
  const right = found.filter(({ from, direction }) => Math.abs(from - effect.from) <= 3 && direction === 'down')
  expect(right.length).toBeGreaterThanOrEqual(found.length * 0.95)
})

test('a fall after a yearly wave is told as the fall, not as the end of the wave', () => {
  const random = createRandom(28)
  let told = 0
  for (let round = 0; round < 20; round++) {
    const series = simulateSeries(random, { ...plain, length: 400, memory: 0.4 }, { from: 360, to: 400, factor: 0.5 })
    const values = series.values.map((x, at) => Math.round(x * (1 + 0.15 * Math.sin((2 * Math.PI * (at - 260)) / 365))))
    const verdict = detect({ ...series, values }) as TestedSeries
    if (verdict.pValue < 1e-4 && Math.abs(verdict.from - 360) <= 7 && verdict.direction === 'down') told++
  }
  expect(told).toBeGreaterThanOrEqual(18)
})

test.each([
  ['share of many', 60, { from: 140, to: 182, factor: 2 }],
  ['mean of many', 40, { from: 140, to: 182, factor: 1.6 }],
  ['money', 40, { from: 140, to: 182, factor: 0.4 }],
] as const)('finds a jump of a %s with %i rows a day', (name, rows, effect) => {
  const verdicts = detectMany(40, { ...lives[name]!, rows }, effect, 23)
  expect(
    verdicts.filter(({ pValue, from }) => pValue < 1e-4 && Math.abs(from - 140) <= 7).length,
  ).toBeGreaterThanOrEqual(32)
})

test('says by how much: observed, expected and its range', () => {
  const verdicts = detectMany(60, { ...plain, rows: 200 }, { from: 150, to: 182, factor: 0.5 }, 24)
  const changes = verdicts.map(({ change }) => change)
  expect(changes.reduce((sum, x) => sum + x, 0) / 60).toBeCloseTo(-0.5, 1)
  for (const { low, high, expected, band } of verdicts) {
    expect(low).toBeLessThan(expected)
    expect(high).toBeGreaterThan(expected)
    expect(band.expected).toHaveLength(182)
  }
})

test('the band holds about 95 of 100 points where nothing happened', () => {
  const random = createRandom(25)
  let [inside, all] = [0, 0]
  for (let round = 0; round < 60; round++) {
    const series = simulateSeries(random, plain, { from: 150, to: 182, factor: 0.4 })
    const { band, from } = detect(series) as TestedSeries
    for (let at = 0; at < from; at++) {
      all++
      if (series.values[at]! >= band.low[at]! && series.values[at]! <= band.high[at]!) inside++
    }
  }
  expect(inside / all).toBeGreaterThan(0.92)
  expect(inside / all).toBeLessThan(0.98)
})

test('growth that bends is no shift of level', () => {
  const verdicts = detectMany(
    60,
    { ...plain, length: 400, rows: 200 },
    { from: 330, to: 400, factor: 0.7, ramp: 70 },
    26,
  )
  expect(verdicts.filter(({ pValue }) => pValue < sure).length).toBeLessThanOrEqual(15)
})

test('one or two outliers are no shift of level', () => {
  for (const [from, to] of [
    [170, 171],
    [181, 182],
    [180, 182],
    [100, 102],
  ] as const) {
    const verdicts = detectMany(40, plain, { from, to, factor: 4 }, 27)
    // a third day that happens to be high joins them now and then
    expect(verdicts.filter(({ pValue }) => pValue < 1e-3).length).toBeLessThanOrEqual(1)
    expect(verdicts.filter(({ pValue }) => pValue < 1e-4)).toEqual([])
  }
})

test('tells the most recent of two shifts', () => {
  const random = createRandom(28)
  const series = simulateSeries(random, { ...plain, length: 400, rows: 300 }, { from: 150, to: 400, factor: 1.8 })
  const values = series.values.map((x, at) => (at < 365 ? x : Math.round(x * 0.5)))
  const { from, to, direction, expected } = detect({ ...series, values }) as TestedSeries
  expect(from).toBeGreaterThanOrEqual(363)
  expect(from).toBeLessThanOrEqual(367)
  expect(to).toBe(400)
  expect(direction).toBe('down')
  // what was expected is the level after the first shift
  expect(expected).toBeGreaterThan(400)
})

test('declared events are no evidence', () => {
  const series = simulateSeries(createRandom(29), plain, { from: 100, to: 104, factor: 0 })
  const excluded = new Uint8Array(182).fill(1, 100, 104)
  expect((detect(series) as TestedSeries).pValue).toBeLessThan(1e-4)
  expect((detect({ ...series, excluded }) as TestedSeries).pValue).toBeGreaterThan(0.01)
})

test('a series without noise that changes once is told exactly', () => {
  const verdict = detectIn([...Array<number>(60).fill(5), ...Array<number>(40).fill(9)]) as TestedSeries
  expect(verdict).toMatchObject({ from: 60, to: 100, direction: 'up', observed: 9 })
  // the prior of the fit takes off about a thousandth
  expect(verdict.expected).toBeCloseTo(5, 1)
  expect(verdict.pValue).toBeGreaterThan(0)
})

test('says why it cannot tell', () => {
  const reasonOf = (values: readonly number[]) => {
    const verdict = detectIn(values)
    return verdict.status === 'untestable' ? verdict.reason : verdict
  }
  expect(reasonOf([1, 2, 3])).toBe('has 3 points; level_shift needs 20')
  expect(reasonOf(Array<number>(90).fill(0))).toBe('all 90 values are 0')
  expect(reasonOf(Array<number>(90).fill(7))).toBe('all 90 values are 7')
  expect(reasonOf([...Array<number>(97).fill(0), 5, 7, 3])).toBe('only 3 of 100 values are not 0')
  expect(reasonOf(Array<number>(50).fill(Number.NaN))).toBe('has 0 points; level_shift needs 20')
})

test('a few weeks of many times as much are told, though a lasting shift at their start explains half of it', () => {
  const random = createRandom(2)
  const told = Array.from({ length: 12 }, () => {
    const values = Array.from({ length: 182 }, (_, at) => random.poisson(at >= 100 && at < 114 ? 17 : 1.8))
    return detectIn(values) as TestedSeries
  }).filter(({ pValue }) => pValue < 1e-4)
  expect(told.length).toBeGreaterThanOrEqual(11)
})
