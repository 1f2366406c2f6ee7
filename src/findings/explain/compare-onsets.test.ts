import { expect, test } from 'vitest'
import type { Candidate } from '../candidate.ts'
import { beginTogether, bendsInto } from './compare-onsets.ts'

const saw = (detector: string, from: number, to = 100) =>
  ({ verdict: { hypothesis: { detector } }, window: { from, to } }) as unknown as Candidate

test('two steps begin together within two weeks', () => {
  expect(beginTogether(saw('level_shift', 60), saw('level_shift', 74), 7)).toBe(true)
  expect(beginTogether(saw('level_shift', 60), saw('level_shift', 75), 7)).toBe(false)
})

test('a bend may be about a step in the first two thirds of it, whichever comes first in the call; a step about no later bend', () => {
  const bend = saw('trend_change', 40)
  expect(bendsInto(bend, saw('level_shift', 80))).toBe(true)
  expect(bendsInto(saw('level_shift', 80), bend)).toBe(true)
  expect(bendsInto(bend, saw('level_shift', 81))).toBe(false)
  expect(bendsInto(saw('level_shift', 30), bend)).toBe(false)
  expect(beginTogether(bend, saw('level_shift', 80), 7)).toBe(true)
})
