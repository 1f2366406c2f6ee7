import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { arrival } from './arrival.ts'
import type { Tested } from './detector.ts'
import type { Arrivals } from './shapes.ts'
import { calmArrivals } from './simulation/calm-arrivals.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'

const detect = (arrivals: Arrivals) => arrival.detect(arrivals, arrival.options.parse({}))

test.each(listWorlds('arrival'))('holds back no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('arrival', name, 100, [0.05, 0.01, 0.001], 110)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('rows that lack values by the batch are no fault, at 5% and 1% of a thousand feeds', () => {
  const { tested, counts } = countAlarms('arrival', 'nulls by the batch', 1000, [0.05, 0.01], 113)
  // their skewed shares were judged by a deviation an eighth too small: 7.9% and 1.7%
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
})

const change = (values: Float64Array, day: number, to: (x: number) => number) =>
  values.map((x, at) => (at === day ? to(x) : x))

/** A usual feed with one fault on the last day but one. */
function spoil(seed: number, fault: string): Arrivals {
  const usual = calmArrivals['a usual feed']!(createRandom(seed))
  const { series, lagHours, nullShare, duplicateShare } = usual
  const day = 180
  if (fault === 'thin')
    return { ...usual, series: { ...series, values: change(series.values, day, (x) => Math.round(0.3 * x)) } }
  if (fault === 'late') return { ...usual, lagHours: change(lagHours!, day, () => 40) }
  if (fault === 'duplicated') return { ...usual, duplicateShare: change(duplicateShare!, day, () => 0.5) }
  return { ...usual, nullShare: change(nullShare!, day, () => 0.6) }
}

test.each(['thin', 'late', 'duplicated', 'null-heavy'])('finds a period that is %s, and which', (fault) => {
  let found = 0
  for (let round = 0; round < 20; round++) {
    const arrivals = spoil(111 + round, fault)
    const { details, pValue } = detect(arrivals) as Tested
    if (details.fault !== fault) continue
    found++
    expect(pValue).toBeLessThan(0.01)
    expect(String(details[fault.replace('-', '_')])).toContain(arrivals.series.at[180])
  }
  expect(found).toBeGreaterThanOrEqual(17)
})

test('says until when the data are complete', () => {
  const usual = calmArrivals['a usual feed']!(createRandom(112))
  const { at, values } = usual.series
  expect((detect(usual) as Tested).details.complete_until).toBe(at[181])
  const thin = values.map((x, day) => (day >= 180 ? Math.round(0.1 * x) : x))
  expect((detect({ ...usual, series: { ...usual.series, values: thin } }) as Tested).details.complete_until).toBe(
    at[179],
  )
  const absent = values.map((x, day) => (day === 181 ? Number.NaN : x))
  const verdict = detect({ ...usual, series: { ...usual.series, values: absent } }) as Tested
  expect(verdict.details).toMatchObject({ complete_until: at[180], not_there: 1 })
  // a hole in the middle is told, but what came after it is there
  const hole = values.map((x, day) => (day === 178 ? 0 : x))
  expect((detect({ ...usual, series: { ...usual.series, values: hole } }) as Tested).details).toMatchObject({
    complete_until: at[181],
    thin: at[178],
  })
})

test('what is too small to matter holds nothing back, and a declared holiday neither', () => {
  const usual = calmArrivals['a usual feed']!(createRandom(113))
  const minutes = { ...usual, lagHours: usual.lagHours!.map((_, at) => (at === 180 ? 0.9 : 0.05 + 0.001 * (at % 5))) }
  expect((detect(minutes) as Tested).details.late).toBe('none')
  const { series } = spoil(114, 'thin')
  const excluded = new Uint8Array(182)
  excluded[180] = 1
  expect((detect({ series }) as Tested).details.fault).toBe('thin')
  expect((detect({ series: { ...series, excluded } }) as Tested).details.fault).toBe('none')
})

test('knows how long rows take', () => {
  const { details } = detect(calmArrivals['a usual feed']!(createRandom(115))) as Tested
  expect(details.usual_lag_hours).toBeGreaterThan(2)
  expect(details.usual_lag_hours).toBeLessThan(5)
  expect(Number(details.lag_hours_high)).toBeGreaterThan(Number(details.usual_lag_hours))
})

test('says why it cannot tell', () => {
  const { series } = calmArrivals['a usual feed']!(createRandom(116))
  const of = (values: Float64Array) => detect({ series: { ...series, at: series.at.slice(0, values.length), values } })
  expect(of(series.values.slice(0, 10))).toEqual({ status: 'untestable', reason: 'has 10 periods; arrival needs 28' })
  expect(of(new Float64Array(60).fill(5))).toEqual({ status: 'untestable', reason: 'all 60 values are 5' })
})
