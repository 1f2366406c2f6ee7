import { expect, test } from 'vitest'
import { chooseCycles } from './choose-cycles.ts'

test.each([
  ['minute', 300_000, 0, [288, 2016]],
  ['hour', 3_600_000, 0, [24, 168]],
  [undefined, 7_200_000, 0, [12, 84]],
  ['day', 86_400_000, 0, [7]],
  ['week', 604_800_000, 0, []],
  [undefined, undefined, 0, []],
  ['minute', 60_000, 100, [100]],
  ['day', 86_400_000, 1, []],
] as const)('a %s stream of %d ms, asked %d, repeats after %j points', (grain, stepMs, asked, cycles) => {
  expect(chooseCycles(grain, stepMs, asked)).toEqual(cycles)
})
