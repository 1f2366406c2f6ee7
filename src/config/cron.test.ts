import { expect, test } from 'vitest'
import { isCron } from './cron.ts'

test.each(['0 8 * * mon-fri', '*/15 * * * *', '0 0 1 jan,jul *', '5,35 6-18/2 * * 0-7', '  0 8  * * 1 '])(
  '`%s` is a schedule',
  (text) => expect(isCron(text)).toBe(true),
)

test.each([
  '',
  '0 8 * *',
  '0 8 * * * *',
  '60 8 * * *',
  '0 24 * * *',
  '0 8 0 * *',
  '0 8 * 13 *',
  '0 8 * * someday',
  '0 8 * * fri-mon',
  '*/0 * * * *',
  '0 8 * * 1-',
  'every day',
])('`%s` is none', (text) => expect(isCron(text)).toBe(false))
