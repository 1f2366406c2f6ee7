import { expect, test } from 'vitest'
import { type CensoredTimes, estimateSurvival, survivalAt, survivalQuantile } from './kaplan-meier.ts'
import { testLogRank } from './log-rank.ts'

/** Weeks in remission under 6-mercaptopurine and placebo (Freireich et al. 1963); + is censored. */
const read = (text: string): CensoredTimes => ({
  time: Float64Array.from(text.split(' '), (word) => Number.parseInt(word, 10)),
  happened: Uint8Array.from(text.split(' '), (word) => Number(!word.endsWith('+'))),
})
const treated = read('6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+')
const placebo = read('1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23')

test('the curve of Kaplan and Meier', () => {
  // R: summary(survfit(Surv(time, happened) ~ 1)); printed in Cox and Oakes (1984), table 4.1
  const curve = estimateSurvival(treated)
  expect([...curve.time]).toEqual([6, 7, 10, 13, 16, 22, 23])
  expect([...curve.atRisk]).toEqual([21, 17, 15, 12, 11, 7, 6])
  expect([...curve.survival].map((share) => share.toFixed(4))).toEqual([
    '0.8571',
    '0.8067',
    '0.7529',
    '0.6902',
    '0.6275',
    '0.5378',
    '0.4482',
  ])
  const errors = [...curve.survival].map((share, at) => (share * Math.sqrt(curve.relativeVariance[at]!)).toFixed(4))
  expect(errors).toEqual(['0.0764', '0.0869', '0.0963', '0.1068', '0.1141', '0.1282', '0.1346'])
})

test('medians with their intervals', () => {
  // SAS: proc lifetest; R: survfit(…, conf.type = 'log-log')
  expect(survivalQuantile(estimateSurvival(treated))).toEqual({ value: 23, low: 13, high: Infinity })
  expect(survivalQuantile(estimateSurvival(placebo))).toEqual({ value: 8, low: 4, high: 11 })
})

test('a share at a time, inside 0 and 1', () => {
  const curve = estimateSurvival(placebo)
  expect(survivalAt(curve, 0.5)).toEqual({ value: 1, low: 1, high: 1 })
  const { value, low, high } = survivalAt(curve, 10)
  // exp(−exp(ln(−ln 8/21) ± 1.959964 · √(13/(21 · 8)) / ln(21/8)))
  expect(value).toBeCloseTo(8 / 21, 12)
  expect(low).toBeCloseTo(0.18307, 5)
  expect(high).toBeCloseTo(0.57779, 5)
  const end = survivalAt(curve, 40)
  expect([end.value, end.low]).toEqual([0, 0])
  expect(end.high).toBeGreaterThan(0.1)
})

test('the log-rank test', () => {
  // R: survdiff(Surv(time, happened) ~ group): 9 observed, 19.3 expected, chi-square 16.8 on 1 df, p = 4.17e-5
  const { observed, expected, variance, pValue, hazardRatio } = testLogRank(treated, placebo)
  expect(observed).toBe(9)
  expect(expected).toBeCloseTo(19.25050094803113, 11)
  expect(variance).toBeCloseTo(6.2569605736755, 11)
  expect(pValue / 4.168809109334553e-5).toBeCloseTo(1, 11)
  expect(hazardRatio).toBeCloseTo(0.19431870864219947, 12)
  expect(testLogRank(placebo, treated).hazardRatio * hazardRatio).toBeCloseTo(1, 12)
})

test('says 1 where nothing happened', () => {
  const calm = { time: Float64Array.of(3, 4), happened: Uint8Array.of(0, 0) }
  expect(testLogRank(calm, calm)).toMatchObject({ pValue: 1, hazardRatio: 1, low: 0, high: Infinity })
  expect(survivalQuantile(estimateSurvival(calm)).value).toBe(Infinity)
})
