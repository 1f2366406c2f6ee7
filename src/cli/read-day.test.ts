import { expect, test } from 'vitest'
import { Rejection } from '../base/diagnostic.ts'
import { readDay } from './read-day.ts'

test('a day of the calendar is taken, and no day where none is given', () => {
  expect(readDay('2024-02-29', 'the day')).toBe('2024-02-29')
  expect(readDay(undefined, 'the day')).toBeUndefined()
})

test.each(['2026-13-45', '2025-02-29', '2026-9-30', 'today', '', true])('%j is no day', (text) => {
  expect(() => readDay(text, 'the day')).toThrow(Rejection)
})
