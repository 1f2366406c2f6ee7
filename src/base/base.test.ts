import { expect, test } from 'vitest'
import { locate, renderDiagnostic } from './code-frame.ts'
import { applyFix, createDiagnostic } from './diagnostic.ts'
import { suggestNames } from './did-you-mean.ts'
import { describeError, hideSecrets } from './failure.ts'
import { addPeriods, dayAt, daysBetween, instantOf, listPeriods, startOfPeriod, utcCalendar } from './periods.ts'

const tallinn = { timezone: 'Europe/Tallinn', weekStarts: 1, fiscalYearStarts: 1 }

test('a diagnostic is shown with its place, its line and carets below the mistake', () => {
  const source = { name: 'a.hunch', text: 'from account\nwhere plann = "pro"' }
  const diagnostic = createDiagnostic({
    code: 'unknown-field',
    message: '`account` has no field `plann`',
    source,
    span: { start: 19, end: 24 },
    candidates: ['plan'],
  })
  expect(renderDiagnostic(diagnostic)).toBe(
    [
      'a.hunch:2:7: error: `account` has no field `plann` [unknown-field]',
      '2 | where plann = "pro"',
      '  |       ^^^^^',
      'Did you mean `plan`?',
    ].join('\n'),
  )
})

test('a place is counted from one, in lines and columns', () => {
  expect(locate('ab\ncd', 0)).toEqual({ line: 1, column: 1 })
  expect(locate('ab\ncd', 4)).toEqual({ line: 2, column: 2 })
})

test('a fix edits its span and nothing else', () => {
  expect(applyFix('where a == 1', { title: '', span: { start: 8, end: 10 }, text: '=' })).toBe('where a = 1')
})

test('a misspelt name finds its nearest neighbours, a strange one finds none', () => {
  expect(suggestNames('plann', ['plan', 'country', 'created_at'])).toEqual(['plan'])
  expect(suggestNames('createdat', ['plan', 'created_at'])).toEqual(['created_at'])
  expect(suggestNames('xyzzy', ['plan', 'country'])).toEqual([])
  expect(suggestNames('WAREHOUSE_URL', ['_', 'A'])).toEqual([])
})

test('an address loses user, password and query', () => {
  expect(hideSecrets('cannot reach postgres://ann:s3cret@db:5432/acme?sslkey=x now')).toBe(
    'cannot reach postgres://db:5432/acme now',
  )
  expect(describeError(new Error('no redis://:hush@cache:6379'))).toBe('no redis://cache:6379')
})

test('a password with `/`, `@` or `?` in it leaves no part', () => {
  expect(hideSecrets('no postgres://u:p/w@h/db')).toBe('no postgres://h/db')
  expect(hideSecrets('no postgres://u:p@ss@h')).toBe('no postgres://h')
  expect(hideSecrets('no postgres://u:p?w@h/db?a=b')).toBe('no postgres://h/db')
  expect(hideSecrets('"redis://:a@b" of "ann@acme.test"')).toBe('"redis://b" of "ann@acme.test"')
})

test('a week starts where the calendar says', () => {
  expect(startOfPeriod('2026-09-30', 'week', utcCalendar)).toBe('2026-09-28')
  expect(startOfPeriod('2026-09-30', 'week', { ...utcCalendar, weekStarts: 7 })).toBe('2026-09-27')
})

test('years and quarters start with the fiscal year', () => {
  const from = (fiscalYearStarts: number) => ({ ...utcCalendar, fiscalYearStarts })
  expect(startOfPeriod('2026-01-31', 'year', from(2))).toBe('2025-02-01')
  expect(startOfPeriod('2026-02-01', 'year', from(2))).toBe('2026-02-01')
  expect(startOfPeriod('2026-01-31', 'quarter', from(2))).toBe('2025-11-01')
  expect(startOfPeriod('2024-02-29', 'quarter', from(12))).toBe('2023-12-01')
  expect(startOfPeriod('2026-03-31', 'quarter', from(7))).toBe('2026-01-01')
  expect(startOfPeriod('2026-01-31', 'month', from(2))).toBe('2026-01-01')
})

test('periods are half-open and month ends are clipped', () => {
  expect(listPeriods('2026-01-15', '2026-03-01', 'month', utcCalendar)).toEqual(['2026-01-01', '2026-02-01'])
  expect(addPeriods('2026-01-31', 1, 'month')).toBe('2026-02-28')
  expect(addPeriods('2024-02-28', 1, 'day')).toBe('2024-02-29')
  expect(addPeriods('2026-01-03', -1, 'week')).toBe('2025-12-27')
  expect(addPeriods('2024-02-29', -1, 'year')).toBe('2023-02-28')
  expect(addPeriods('2026-11-30', 5, 'quarter')).toBe('2028-02-29')
  expect(addPeriods('0001-01-31', -1, 'month')).toBe('0000-12-31')
  expect(addPeriods('9999-12-31', 1, 'day')).toBe('+010000-01-01')
  expect(addPeriods('2025-02-29', 1, 'month')).toBe('')
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
})

test('a day begins at the midnight of the zone, also when clocks change', () => {
  expect(instantOf('2026-03-29', tallinn)).toBe('2026-03-28T22:00:00Z')
  expect(instantOf('2026-03-30', tallinn)).toBe('2026-03-29T21:00:00Z')
  expect(dayAt(Date.parse('2026-03-28T22:30:00Z'), tallinn)).toBe('2026-03-29')
})
