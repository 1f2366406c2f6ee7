import { expect, test } from 'vitest'
import { testLogRank } from '../stats/log-rank.ts'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { durationShift } from './duration-shift.ts'
import type { DurationSample } from './shapes.ts'
import { simulateDurations, type Wait, waits } from './simulation/calm-durations.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'

const judge = (first: DurationSample, second: DurationSample) =>
  durationShift.detect({ names: ['before', 'after'], first, second }, { recent: 28 })

/** Verdicts on groups of which it happens `hazard` times as fast in the second. */
function judgeMany(rounds: number, wait: Wait, hazard: number, seed: number): readonly Tested[] {
  const random = createRandom(seed)
  return Array.from(
    { length: rounds },
    () => durationShift.detect(simulateDurations(random, wait, hazard), { recent: 28 }) as Tested,
  )
}

test.each(listWorlds('duration_shift'))('cries wolf no more often than it says: %s', (world) => {
  const rounds = world === 'very many' ? 8 : 110
  const { tested, counts } = countAlarms('duration_shift', world, rounds, [0.05, 0.01, 0.001], 90)
  expect(tested).toBeGreaterThan(rounds * 0.9)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  ['half as fast', 'plain', 0.5, 0.85],
  ['twice as fast, of users alike', 'users of an account alike', 2, 0.7],
  ['half as fast, of a group watched for a shorter time', 'the later group is watched for a shorter time', 0.5, 0.4],
  ['a seventh slower, of very many', 'very many', 0.85, 0.9],
] as const)('finds that it happens %s', (_, name, hazard, shareMin) => {
  const rounds = name === 'very many' ? 6 : 60
  const verdicts = judgeMany(rounds, waits[name]!, hazard, 91)
  const found = verdicts.filter(({ pValue }) => pValue < 0.01)
  expect(found.length).toBeGreaterThanOrEqual(rounds * shareMin)
  for (const { direction } of found) expect(direction).toBe(hazard > 1 ? 'down' : 'up')
})

test('the interval of the hazard ratio holds the truth', () => {
  const verdicts = judgeMany(200, waits.plain!, 0.6, 92)
  const held = verdicts.filter(({ effect }) => effect!.low <= 0.6 && effect!.high >= 0.6).length / 200
  expect(held).toBeGreaterThan(0.91)
  expect(held).toBeLessThan(0.99)
})

/** Freireich et al. (1963): weeks of remission of children with leukaemia, 6-MP and placebo; R: survival::leukemia of Gehan. */
const drug = {
  time: Float64Array.of(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35),
  happened: Uint8Array.of(1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0),
}
const placebo = {
  time: Float64Array.of(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23),
  happened: new Uint8Array(21).fill(1),
}

test('remission of leukaemia: log-rank, medians and Cox’s ratio', () => {
  const verdict = judge(placebo, drug) as Tested
  // R: survdiff(Surv(time, cens) ~ treat, gehan): chisq = 16.8 on 1 df; O − E = 9 − 19.25
  expect(Number(verdict.details.statistic) ** 2).toBeCloseTo(16.79, 2)
  // R: survfit: medians 8 and 23
  expect(verdict).toMatchObject({ observed: 23, expected: 8, direction: 'up' })
  // R: coxph(..., ties = "breslow"): coef = -1.5092, se 0.4096; here the score's variance is that of the log-rank test
  expect(Math.log(verdict.effect!.value)).toBeCloseTo(-1.5092, 3)
  expect(verdict.effect!.high).toBeCloseTo(Math.exp(-1.5092 + 1.96 * 0.4096), 1)
  // the normal p-value is 4.2e-5; the binomial one is a little more careful
  const { pValue } = testLogRank(drug, placebo)
  expect(verdict.pValue).toBeGreaterThan(pValue / 3)
  expect(verdict.pValue).toBeLessThan(5 * pValue)
})

test('copies of a member are no evidence when they belong to one account', () => {
  const copy = ({ time, happened }: DurationSample, from: number): DurationSample => ({
    time: Float64Array.from({ length: time.length * 8 }, (_, at) => time[at >> 3]!),
    happened: Uint8Array.from({ length: time.length * 8 }, (_, at) => happened[at >> 3]!),
    units: Int32Array.from({ length: time.length * 8 }, (_, at) => from + (at >> 3)),
  })
  const [once, copied] = [judge(placebo, drug) as Tested, judge(copy(placebo, 0), copy(drug, 100)) as Tested]
  expect(copied.pValue).toBeGreaterThan(once.pValue / 10)
  expect(copied.effect!.value).toBeCloseTo(once.effect!.value, 2)
})

test('where half are still waiting the mean of the stretch watched is told', () => {
  const [verdict] = judgeMany(1, { ...waits['hardly any seen']!, watched: [12, 12] }, 0.4, 93)
  expect(verdict!.details.measure).toBe('mean within')
  expect(verdict!.observed).toBeGreaterThan(verdict!.high)
  expect(verdict!.observed).toBeLessThan(12)
})

test('says why it cannot tell', () => {
  const reasonOf = (first: DurationSample, second: DurationSample) => {
    const verdict = judge(first, second)
    return verdict.status === 'untestable' ? verdict.reason : verdict
  }
  const few = { time: Float64Array.of(1, 2), happened: Uint8Array.of(1, 1) }
  expect(reasonOf(few, drug)).toBe('before has 2 members; duration_shift needs 10')
  const open = { time: drug.time, happened: new Uint8Array(21) }
  expect(reasonOf(open, open)).toBe('it happened to 0 in all; duration_shift needs 5')
  const one = { ...drug, units: new Int32Array(21) }
  expect(reasonOf(drug, one)).toBe('after has members of 1 accounts; duration_shift needs 5')
  const late = { time: drug.time.map((time) => time + 100), happened: drug.happened }
  const early = { time: placebo.time, happened: placebo.happened.map(() => 0) }
  expect(reasonOf(early, late)).toBe('it never happened while members of both groups were watched')
})
