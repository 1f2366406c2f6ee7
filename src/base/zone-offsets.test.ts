import { expect, test } from 'vitest'
import { listZoneOffsets } from './zone-offsets.ts'

test('clocks change when the tz database says', () => {
  expect(listZoneOffsets('2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z', 'Europe/Tallinn')).toEqual([
    { minutes: 120, until: '2024-03-31T01:00:00.000Z' },
    { minutes: 180, until: '2024-10-27T01:00:00.000Z' },
    { minutes: 120, until: undefined },
  ])
  expect(listZoneOffsets('2024-01-01T13:00:00Z', '2024-06-01T00:00:00Z', 'Australia/Lord_Howe')).toEqual([
    { minutes: 660, until: '2024-04-06T15:00:00.000Z' },
    { minutes: 630, until: undefined },
  ])
})

test('the last instant is included, and what comes after it is not', () => {
  const until = (to: string) =>
    listZoneOffsets('2024-03-30T12:00:00Z', to, 'Europe/Tallinn').map((offset) => offset.until)
  expect(until('2024-03-31T01:00:00Z')).toEqual(['2024-03-31T01:00:00.000Z', undefined])
  expect(until('2024-03-31T00:59:59.999Z')).toEqual([undefined])
})

test('a zone that never changes has one offset', () => {
  expect(listZoneOffsets('2020-01-01T00:00:00Z', '2025-01-01T00:00:00Z', 'Asia/Kolkata')).toEqual([
    { minutes: 330, until: undefined },
  ])
})
