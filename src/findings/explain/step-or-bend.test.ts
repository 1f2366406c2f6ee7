import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import { createRandom } from '../../stats/random.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import type { Parts } from './parts.ts'
import { chooseShape } from './step-or-bend.ts'

const length = 200
const bendFrom = 156
const stepFrom = 170
const space: SliceSpace = {
  periods: Array.from({ length }, (_, day) => addPeriods('2026-01-01', day, 'day')),
  excluded: new Uint8Array(length),
  season: 7,
  partsOf: async () => undefined,
  slicesBy: async () => [],
}

/** A bend and a step that both saw the same days; `times` is by what a day is multiplied. */
function choose(times: (day: number) => number, slice = [{ field: 'plan', value: 'pro' }]): string {
  const random = createRandom(6)
  const total = Float64Array.from({ length }, (_, day) => random.poisson(30 * times(day)))
  const parts: Parts = { kind: 'count', total, weight: undefined, rows: total }
  const tell = (detector: string, from: number, own = slice): Candidate =>
    ({
      verdict: { hypothesis: { detector, slice: own } },
      qValue: 1e-6,
      parts,
      window: { from, to: length },
      movement: { change: -0.4 },
    }) as unknown as Candidate
  const lead = tell('trend_change', bendFrom, [{ field: 'plan', value: 'pro' }])
  return chooseShape(lead, [lead, tell('level_shift', stepFrom)], space).verdict.hypothesis.detector
}

test('a step that a bend saw as well is told as a step', () => {
  expect(choose((day) => (day < stepFrom ? 1 : 0.5))).toBe('level_shift')
})

test('a slow fall stays one, and another slice says nothing about it', () => {
  expect(choose((day) => (day < bendFrom ? 1 : 1 - (0.7 * (day - bendFrom)) / (length - bendFrom)))).toBe(
    'trend_change',
  )
  expect(choose((day) => (day < stepFrom ? 1 : 0.5), [{ field: 'plan', value: 'free' }])).toBe('trend_change')
})
