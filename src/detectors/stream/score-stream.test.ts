import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { calmStreams, streamCycle } from '../simulation/calm-streams.ts'
import { alarmsMax } from '../simulation/count-alarms.ts'
import { scoreStream } from './score-stream.ts'

const listAlarms = (score: Float64Array): readonly number[] =>
  Array.from(score.keys()).filter((at) => score[at]! >= 0.5)
const draw = (title: string, length: number, seed: number) => calmStreams[title]!(createRandom(seed), length)

test('what comes later changes nothing', () => {
  const values = draw('days of counts', 1500, 1)
  values[700] = Number.NaN
  values.fill(Number.NaN, 900, 930)
  const whole = scoreStream(values, [streamCycle])
  const prefix = scoreStream(values.slice(0, 1100), [streamCycle])
  for (const key of ['expected', 'low', 'high', 'pValue', 'score'] as const)
    expect(prefix[key]).toEqual(whole[key].slice(0, 1100))
})

test.each(Object.keys(calmStreams))('is calm where nothing happens: %s', (title) => {
  const [streams, length, known] = [4, 2500, 500]
  let [alarms, judged] = [0, 0]
  const atMost = [0, 0, 0]
  for (let stream = 0; stream < streams; stream++) {
    const { score, pValue } = scoreStream(draw(title, length, 10 + stream), [streamCycle])
    alarms += listAlarms(score).filter((at) => at >= known).length
    for (const p of pValue.slice(known)) {
      judged++
      for (const [k, level] of [0.05, 0.01, 0.001].entries()) if (p <= level) atMost[k] = atMost[k]! + 1
    }
  }
  // one stretch of 32 points in a hundred, by each of four measures, would be 1.25 in a thousand points
  expect((1000 * alarms) / judged).toBeLessThanOrEqual(1.25)
  expect(atMost[0]).toBeLessThanOrEqual(alarmsMax(judged, 0.05))
  expect(atMost[1]).toBeLessThanOrEqual(alarmsMax(judged, 0.01))
  expect(atMost[2]).toBeLessThanOrEqual(alarmsMax(judged, 0.001))
})

test.each([
  ['a spike', 'memory 0.9', (values: Float64Array) => values.fill(20, 1700, 1701)],
  [
    'a new level',
    'memory 0.5',
    (values: Float64Array) =>
      values.set(
        values.slice(1700).map((x) => x + 3),
        1700,
      ),
  ],
  ['a day without its peak', 'days and noise', (values: Float64Array) => values.fill(-8, 1764, 1840)],
  [
    'a burst',
    'lognormal',
    (values: Float64Array) =>
      values.set(
        values.slice(1700, 1720).map((x) => x * 15),
        1700,
      ),
  ],
] as const)('tells %s soon, and once', (_, title, change) => {
  let found = 0
  for (let seed = 0; seed < 5; seed++) {
    const values = draw(title, 2200, 50 + seed)
    change(values)
    const alarms = listAlarms(scoreStream(values, [streamCycle]).score).filter((at) => at >= 1700 && at < 1800)
    if (alarms.length > 0 && alarms.length <= 3) found++
  }
  expect(found).toBeGreaterThanOrEqual(4)
})

test('tells a beat turned upside down, without a calendar', () => {
  let told = 0
  for (let seed = 0; seed < 5; seed++) {
    const random = createRandom(70 + seed)
    const values = Float64Array.from({ length: 2000 }, (_, at) => {
      const beat = 5 * Math.exp(-(((at % 40) - 20) ** 2) / 18) - 3 * Math.exp(-(((at % 40) - 28) ** 2) / 18)
      return (at >= 1720 && at < 1760 ? -0.6 * beat : beat) + 0.2 * random.normal()
    })
    if (listAlarms(scoreStream(values, []).score).some((at) => at >= 1720 && at < 1800)) told++
  }
  expect(told).toBe(5)
})

test('tells a workday that goes like a Sunday', () => {
  const day = 48
  let told = 0
  for (let seed = 0; seed < 5; seed++) {
    const random = createRandom(80 + seed)
    const odd = (at: number) => at >= 57 * day && at < 58 * day
    const mean = (at: number) =>
      (Math.floor(at / day) % 7 > 4 || odd(at) ? 80 : 200) * (1.2 + Math.sin((2 * Math.PI * at) / day))
    const values = Float64Array.from({ length: 60 * day }, (_, at) => random.negativeBinomial(mean(at), 0.01))
    if (listAlarms(scoreStream(values, [day, 7 * day]).score).some(odd)) told++
  }
  expect(told).toBe(5)
})

test('a gap is no alarm, and neither is its end', () => {
  const values = draw('days and noise', 2000, 60)
  values.fill(Number.NaN, 1500, 1600)
  const { score, pValue, expected } = scoreStream(values, [streamCycle])
  expect(listAlarms(score).filter((at) => at >= 1500 && at < 1700)).toEqual([])
  expect(pValue.slice(1500, 1600).every(Number.isNaN)).toBe(true)
  expect(Math.abs(expected[1550]! - 10 * Math.sin((2 * Math.PI * 1550) / streamCycle))).toBeLessThan(3)
})

test('fewer than one point in twenty is outside the band, but some', () => {
  const values = draw('memory 0.9', 4000, 61)
  const { low, high } = scoreStream(values, [])
  const outside = Array.from(values).filter((x, at) => x < low[at]! || x > high[at]!).length
  expect(outside / 4000).toBeGreaterThan(0.025)
  expect(outside / 4000).toBeLessThan(0.05)
})

test('says nothing of what is too short, constant or empty', () => {
  for (const values of [new Float64Array(0), new Float64Array(100), new Float64Array(900).fill(Number.NaN)])
    expect(listAlarms(scoreStream(values, [24]).score)).toEqual([])
})
