import { expect, test } from 'vitest'
import { chooseCycle } from './choose-cycle.ts'

test.each([
  ['minute', 300_000, 0, 288],
  ['hour', 3_600_000, 0, 24],
  [undefined, 7_200_000, 0, 12],
  ['day', 86_400_000, 0, 7],
  ['week', 604_800_000, 0, 1],
  [undefined, undefined, 0, 1],
  ['minute', 60_000, 100, 100],
] as const)('a %s stream of %d ms, asked %d, repeats after %d points', (grain, stepMs, asked, cycle) => {
  expect(chooseCycle(grain, stepMs, asked)).toBe(cycle)
})
