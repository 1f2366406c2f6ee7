import { expect, test } from 'vitest'
import { findings } from '../../../tests/fixtures/example-cycle.ts'
import type { Finding } from '../finding.ts'
import { settleRecoveries } from './settle-recoveries.ts'

const story: Finding = {
  ...findings[0]!,
  state: 'ongoing',
  from: '2026-09-14',
  to: null,
  observed: 40,
  expected: 80,
}
const ended: Finding = { ...story, to: '2026-09-24' }
const settle = (now: readonly Finding[], before: readonly Finding[], value: number | undefined) =>
  settleRecoveries(now, before, 'next', async () => (value === undefined ? undefined : { value, kind: 'count' }))
const countBoth = ({ active, recovered }: Awaited<ReturnType<typeof settle>>) => [active.length, recovered.length]

test('a story that is not told any more is over from two thirds of the way back on', async () => {
  const { active, recovered } = await settle([], [story], 67)
  expect(active).toEqual([])
  expect(recovered).toMatchObject([{ key: story.key, state: 'recovered', recent: 67, observed: 40, cycleId: 'next' }])
  expect(recovered[0]!.headline).toMatch(/recovered: 67 .* against 80 expected, after 40$/)
  expect(countBoth(await settle([], [story], 66))).toEqual([0, 0])
  expect(countBoth(await settle([], [story], 95))).toEqual([0, 0])
})

test('what cannot be read is not told as over', async () => {
  expect(countBoth(await settle([], [story], undefined))).toEqual([0, 0])
})

test('a story with an end is over when it was told as open before, and is told once', async () => {
  expect(countBoth(await settle([ended], [story], 79))).toEqual([0, 1])
  expect(countBoth(await settle([ended], [{ ...ended, state: 'recovered' }], 79))).toEqual([0, 0])
  expect(countBoth(await settle([ended], [], 79))).toEqual([1, 0])
})

test('what goes on stays, and what is over comes after it', async () => {
  const other = { ...story, key: 'other' }
  const { active, recovered } = await settle([other], [story, other], 80)
  expect(active.map(({ key, rank }) => [key, rank])).toEqual([['other', 1]])
  expect(recovered.map(({ key, rank }) => [key, rank])).toEqual([[story.key, 2]])
})
