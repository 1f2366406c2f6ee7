import { expect, test } from 'vitest'
import { createRandom, type Random } from '../../stats/random.ts'
import { alarmsMax } from '../simulation/count-alarms.ts'
import { scanShare } from './scan-share.ts'

const draw = (random: Random, length: number, rows: number, shareAt: (at: number) => number) => {
  const all = Float64Array.from({ length }, () => random.poisson(rows))
  return { own: all.map((n, at) => random.binomial(n, shareAt(at))), all }
}

/** Shares that scatter around their mean from week to week, with memory. */
function wander(random: Random, share: number, spread: number, memory: number): () => number {
  let state = random.normal()
  return () => {
    state = memory * state + Math.sqrt(1 - memory * memory) * random.normal()
    return 1 / (1 + Math.exp(-(Math.log(share / (1 - share)) + spread * state)))
  }
}

test.each([
  ['independent rows', 0, 0],
  ['shares that scatter by the week', 0.4, 0],
  ['shares that wander', 0.4, 0.5],
] as const)('cries wolf no more often than it says: %s', (_, spread, memory) => {
  const random = createRandom(11)
  const counts = [0, 0]
  const rounds = 400
  for (let round = 0; round < rounds; round++) {
    const share = [0.05, 0.25, 0.5][round % 3]!
    const { own, all } = draw(random, 30 + 26 * (round % 2), 10, wander(random, share, spread, memory))
    const { pValue } = scanShare(own, all)
    if (pValue <= 0.05) counts[0]!++
    if (pValue <= 0.01) counts[1]!++
  }
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(rounds, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(rounds, 0.01))
})

test('finds the stretch in which a quarter of the rows become two thirds, and when', () => {
  const random = createRandom(12)
  let found = 0
  for (let round = 0; round < 40; round++) {
    const { own, all } = draw(random, 56, 10, (at) => (at >= 20 && at < 28 ? 0.66 : 0.25))
    const { from, to, pValue, inside, outside, statistic } = scanShare(own, all)
    if (pValue > 1e-3) continue
    found++
    expect(statistic).toBeGreaterThan(0)
    expect(inside).toBeGreaterThan(2 * outside - 0.05)
    expect(Math.abs(from - 20)).toBeLessThanOrEqual(4)
    expect(Math.abs(to - 28)).toBeLessThanOrEqual(4)
  }
  expect(found).toBeGreaterThanOrEqual(36)
})

test('what lasts until today is told from its beginning, and so is what was only at the beginning', () => {
  const random = createRandom(13)
  const { own, all } = draw(random, 40, 20, (at) => (at < 15 ? 0.6 : 0.2))
  expect(scanShare(own, all)).toMatchObject({ from: 15, to: 40, statistic: expect.any(Number) })
  expect(scanShare(own, all).statistic).toBeLessThan(0)
})
