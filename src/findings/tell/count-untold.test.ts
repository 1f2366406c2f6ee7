import { expect, test } from 'vitest'
import type { Controlled } from '../errors/control-errors.ts'
import { countUntold } from './count-untold.ts'

const asOf = '2026-06-30'
const since = (from: string | null, { to = null as string | null, change = -0.4 } = {}): Controlled =>
  ({ verdict: { status: 'tested', numbers: { from, to, change } }, qValue: 0.01 }) as unknown as Controlled
const nothing = { stories: [], unsure: [], explained: [], dismissed: new Map(), asOf }

test('every test that held up and is not told is counted by its reason, the most frequent first', () => {
  const [told, merged, yearly, unsure, grown] = Array.from({ length: 5 }, () => since('2026-06-01'))
  const old = [since('2026-01-01'), since('2025-12-01')]
  const over = since('2026-05-01', { to: '2026-06-01' })
  const counted = countUntold([told!, merged!, yearly!, unsure!, grown!, ...old, over], {
    asOf,
    stories: [{ lead: told!, merged: [merged!] }],
    explained: [{ lead: yearly!, merged: [] }],
    unsure: [{ lead: unsure!, merged: [] }],
    dismissed: new Map([[grown!.verdict, 'steady']]),
  })
  expect(counted).toEqual([
    {
      what: '5 of 8 tests that held up are not told',
      why: expect.stringMatching(
        /^began more than 90 days ago \(2\); .* as stories.* \(1\); .*growth \(1\); were over/,
      ),
    },
  ])
})

test('what has neither been dismissed nor is small or old is a pattern that nothing came of', () => {
  const [small, other] = [since('2026-06-01', { change: 0.05 }), since('2026-06-01')]
  const [line] = countUntold([small, other], nothing)
  expect(line?.why).toMatch(/^moved by less than 15%.*\(1\); are patterns.*\(1\)$/)
})

test('where all is told nothing is said', () => {
  const told = since('2026-06-01')
  expect(countUntold([told], { ...nothing, stories: [{ lead: told, merged: [] }] })).toEqual([])
  expect(countUntold([], nothing)).toEqual([])
})
