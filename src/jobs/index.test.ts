import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeJobId } from './define-job.ts'
import { findMissedTick } from './find-missed-tick.ts'
import { findJob, jobs } from './index.ts'

test('every file that defines a job is in the registry, under the name of its file', () => {
  const folder = import.meta.dirname
  const files = readdirSync(folder).filter(
    (name) => /^[a-z-]+\.ts$/.test(name) && /= defineJob(<|\()/.test(readFileSync(join(folder, name), 'utf8')),
  )
  const names = files.map((name) => name.replace('.ts', '')).filter((name) => name !== 'define-job')
  expect(jobs.map(({ name }) => name).sort()).toEqual(names.sort())
  expect(findJob('ask')?.queue).toBe('hunch.questions')
  expect(findJob('unknown')).toBeUndefined()
})

test('a job id is one that BullMQ takes, and tells different parts apart', () => {
  expect(writeJobId('deliver-digest', 'd:1', 'ann+news@acme.test')).toBe('deliver-digest~d%3A1~ann%2Bnews%40acme.test')
  expect(writeJobId('x', 'a~b', 'c')).not.toBe(writeJobId('x', 'a', 'b~c'))
})

const at = (text: string) => Date.parse(text)

test('a missed tick is the latest whole minute after the last one, in the given zone', () => {
  const find = (after: string, now: string, expression = '0 8 * * *') =>
    findMissedTick(expression, 'Europe/Tallinn', at(after), at(now))?.toISOString()
  expect(find('2026-09-27T05:00:00Z', '2026-10-01T09:00:00Z')).toBe('2026-10-01T05:00:00.000Z')
  expect(find('2026-10-01T05:00:00Z', '2026-10-02T04:59:59Z')).toBeUndefined()
  expect(find('2026-10-01T05:00:00Z', '2026-10-02T05:00:00Z')).toBe('2026-10-02T05:00:00.000Z')
  // Winter time: 08:00 is 06:00 UTC from 25 October on.
  expect(find('2026-10-24T05:00:00Z', '2026-10-25T09:00:00Z')).toBe('2026-10-25T06:00:00.000Z')
  expect(find('2026-09-25T05:00:00Z', '2026-09-27T12:00:00Z', '0 8 * * mon-fri')).toBeUndefined()
})

test('days that are not those of the expression are passed over, and none of their neighbours', () => {
  const find = (expression: string, timezone: string) =>
    findMissedTick(expression, timezone, at('2026-09-01T00:00Z'), at('2026-09-30T23:59:30Z'))?.toISOString()
  // Midnight of Kathmandu is 18:15 UTC: in the middle of an hour.
  expect(find('14 0 10 * *', 'Asia/Kathmandu')).toBe('2026-09-09T18:29:00.000Z')
  expect(find('59 23 10 * *', 'Asia/Kathmandu')).toBe('2026-09-10T18:14:00.000Z')
  expect(find('0 30 7 5 9 *', 'UTC')).toBe('2026-09-05T07:30:00.000Z')
  expect(find('59 23 30 9 *', 'UTC')).toBe('2026-09-30T23:59:00.000Z')
  expect(find('0 8 1 1 *', 'Europe/Tallinn')).toBeUndefined()
})

test('a tick longer ago than 32 days is not looked for', () => {
  expect(findMissedTick('0 8 1 1 *', 'UTC', at('2025-12-01T00:00Z'), at('2026-06-01T00:00Z'))).toBeUndefined()
})
