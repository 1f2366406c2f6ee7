import { expect, test } from 'vitest'
import { addPeriods, daysBetween, listPeriods, utcCalendar } from '../../base/periods.ts'
import type { Series } from '../../detectors/shapes.ts'
import { alarmsMax } from '../../detectors/simulation/count-alarms.ts'
import { createRandom, type Random } from '../../stats/random.ts'
import { drawGoal, judgeGoal, sumUp } from './judge-goals.ts'

const [first, from, today, to] = ['2025-08-01', '2026-07-01', '2026-08-21', '2026-10-01'] as const
const all = listPeriods(first, to, 'day', utcCalendar)
const [known, start] = [daysBetween(first, today), daysBetween(first, from)]

/** Counts of days with a week's season and memory to the end of the quarter, and what is known of them. */
function draw(random: Random, factor = 1, since = '2027-01-01') {
  let noise = 0
  const values = Float64Array.from(all, (day, at) => {
    noise = 0.5 * noise + 0.15 * random.normal()
    return random.poisson(30 * Math.exp(noise) * (at % 7 < 2 ? 0.4 : 1.2) * (day >= since ? factor : 1))
  })
  const whole: Series = { at: all, values, grain: 'day', kind: 'count' }
  return {
    series: { ...whole, at: all.slice(0, known), values: values.slice(0, known) },
    total: sumUp(whole, start, all.length),
  }
}

const goalOf = (value: number) => ({ value, period: 'quarter', from, to, good: 'up' }) as const

test('goals that will be met exactly are told no more often than promised, and their replicates neither', () => {
  const random = createRandom(1)
  const [runs, limit] = [200, 0.05]
  let [told, replicates] = [0, 0]
  for (let run = 0; run < runs; run++) {
    const { series, total } = draw(random)
    const test = { series, goal: goalOf(total), options: {} }
    const [judged, replicate] = [judgeGoal(test), judgeGoal(test, run)]
    if (judged.status === 'tested' && judged.numbers.pValue <= limit) told++
    if (replicate.status === 'tested' && replicate.numbers.pValue <= limit) replicates++
  }
  expect(told).toBeLessThanOrEqual(alarmsMax(runs, limit))
  expect(replicates).toBeLessThanOrEqual(alarmsMax(runs, limit))
})

test('a goal far off is told with its span, and what was to be expected of it before', () => {
  const { series, total } = draw(createRandom(2))
  const judged = judgeGoal({ series, goal: goalOf(1.3 * total), options: {} })
  expect(judged).toMatchObject({ status: 'tested', numbers: { from, to, periods: 51, direction: 'down' } })
  expect(judged.status === 'tested' && judged.numbers.pValue).toBeLessThan(1e-4)
  const sudden = draw(createRandom(3), 2.5, addPeriods(today, -21, 'day'))
  const met = judgeGoal({ series: sudden.series, goal: goalOf(0.8 * sudden.total), options: {} })
  expect(met.status === 'tested' && Number(met.numbers.details.chance_four_weeks_before)).toBeLessThan(0.01)
})

test('days that begin within the period of the goal say nothing', () => {
  const { series } = draw(createRandom(4))
  const late = { ...series, at: series.at.slice(340), values: series.values.slice(340) }
  expect(judgeGoal({ series: late, goal: goalOf(100), options: {} })).toEqual({
    status: 'untestable',
    reason: 'its days begin after the quarter of its goal does',
  })
})

test('the picture adds up what came and ends with the forecast', () => {
  const { series, total } = draw(createRandom(5))
  const goal = goalOf(total)
  const points = drawGoal({ series, goal, options: {} })
  const judged = judgeGoal({ series, goal, options: {} })
  const came = points.filter(({ value }) => value !== undefined)
  expect(came).toHaveLength(51)
  expect(came.at(-1)!.value).toBe(sumUp(series, start, known))
  expect(points.length - came.length).toBeLessThanOrEqual(12)
  const { details } = judged.status === 'tested' ? judged.numbers : { details: {} as Record<string, number> }
  expect(points.at(-1)!.place).toBe(91)
  expect(points.at(-1)!.low).toBeCloseTo(Number(details.projected_low), 3)
  const share: Series = { ...series, kind: 'ratio', weights: series.values.map(() => 2) }
  expect(sumUp(share, 0, 7)).toBeCloseTo(sumUp(series, 0, 7) / 7, 9)
})
