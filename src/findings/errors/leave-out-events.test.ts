import { expect, test } from 'vitest'
import type { Series } from '../../detectors/shapes.ts'
import type { StoredVerdict } from '../finding.ts'
import { leaveOutEvents } from './leave-out-events.ts'

const at = Array.from({ length: 10 }, (_, day) => `2026-09-${String(day + 10)}`)
const series: Series = { at, values: new Float64Array(10), grain: 'day', kind: 'count', excluded: Uint8Array.of(1) }
const verdict = (from: string | null, to: string | null, pValue = 1e-6) =>
  ({ status: 'tested', numbers: { from, to, pValue } }) as unknown as StoredVerdict

const leave = (...verdicts: readonly StoredVerdict[]) => [...leaveOutEvents(series, verdicts).excluded!].join('')

test('periods of an event are no evidence any more, besides those that were none', () => {
  expect(leave()).toBe('1000000000')
  expect(leave(verdict('2026-09-17', null))).toBe('1000000111')
  expect(leave(verdict('2026-09-13', '2026-09-15'), verdict('2026-09-18', null))).toBe('1001100011')
})

test('of a level that lasts for most of a series the rest is left out', () => {
  expect(leave(verdict('2026-09-12', null))).toBe('1100000000')
})

test('what is not sure, and what has no onset, is no event', () => {
  expect(leave(verdict('2026-09-17', null, 0.01), verdict(null, null))).toBe('1000000000')
})
