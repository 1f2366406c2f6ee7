import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { chanceAt, learnRuns, meanStickiness } from './run-law.ts'
import { weighRuns } from './weigh-run.ts'

const phaseOf = (count: number, season: number) => Int32Array.from({ length: count }, (_, at) => at % season)

test('places of the season keep their own chances where they differ, and share one where they do not', () => {
  const closed = Uint8Array.from({ length: 140 }, (_, at) => (at % 7 > 4 ? 1 : 0))
  const weekend = learnRuns(closed, phaseOf(140, 7), 7, 0, 140)
  expect(chanceAt(weekend, 6, 0)).toBeGreaterThan(0.97)
  expect(chanceAt(weekend, 1, 0)).toBeLessThan(0.03)
  const random = createRandom(1)
  const even = Uint8Array.from({ length: 140 }, () => (random.uniform() < 0.3 ? 1 : 0))
  const law = learnRuns(even, phaseOf(140, 7), 7, 0, 140)
  for (let k = 0; k < 7; k++) expect(Math.abs(chanceAt(law, k, 0) - law.center)).toBeLessThan(0.06)
})

test('learns that what happened once goes on', () => {
  const random = createRandom(2)
  const sticky = new Uint8Array(600)
  for (let at = 1; at < 600; at++) sticky[at] = random.uniform() < (sticky[at - 1] === 1 ? 0.7 : 0.05) ? 1 : 0
  expect(meanStickiness(learnRuns(sticky, phaseOf(600, 1), 1, 0, 600))).toBeCloseTo(0.68, 1)
  const free = Uint8Array.from({ length: 600 }, () => (random.uniform() < 0.2 ? 1 : 0))
  expect(meanStickiness(learnRuns(free, phaseOf(600, 1), 1, 0, 600))).toBeLessThan(0.1)
})

test('the chance of a run is that of the urn, and the places where it could have begun are paid for', () => {
  const phase = phaseOf(100, 1)
  const happens = new Uint8Array(100)
  for (const at of [5, 17, 40, 90, 91, 92]) happens[at] = 1
  const law = learnRuns(happens, phase, 1, 0, 80)
  const free = { ...law, pooled: 1, stickiness: law.stickiness.map((_, node) => (node === 0 ? 1 : 0)) }
  const run = weighRuns(happens, 80, free, phase, new Float64Array(100))!
  // 3 of 80 and the common chance 3.5/81 once: Π (3 + 3.5/81 + j)/(81 + j), j = 0..2; c of the first node is (1/48)²
  const urn = [0, 1, 2].map((j) => (3 + 3.5 / 81 + j) / (81 + j))
  const c = (0.5 / 24) ** 2
  const chance = urn[0]! * (c + (1 - c) * urn[1]!) * (c + (1 - c) * urn[2]!)
  expect([run.from, run.to]).toEqual([90, 93])
  expect(run.chance / chance).toBeCloseTo(1, 10)
  // 18 places from which three in a row fit, and those before that would reach in; each after a point where it did not happen
  expect(run.pValue / chance).toBeGreaterThan(16)
  expect(run.pValue / chance).toBeLessThan(20)
})
