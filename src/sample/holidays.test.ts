import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { holidays } from './holidays.ts'

// Easter Sunday: 2024-03-31, 2025-04-20, 2026-04-05, 2027-03-28 (published tables).
test('Easter lasts from Good Friday to Monday', () => {
  expect(holidays.filter(({ name }) => name.startsWith('Easter')).map(({ from, to }) => [from, to])).toEqual([
    ['2023-04-07', '2023-04-10'],
    ['2024-03-29', '2024-04-01'],
    ['2025-04-18', '2025-04-21'],
    ['2026-04-03', '2026-04-06'],
    ['2027-03-26', '2027-03-29'],
    ['2028-04-14', '2028-04-17'],
  ])
})

test('the example’s catalog declares the holidays that the generator keeps', () => {
  const text = readFileSync(join(import.meta.dirname, '../../examples/saas/catalog/calendar.yaml'), 'utf8')
  for (const { name, from, to } of holidays.filter(({ from }) => from >= '2025-04' && from < '2028'))
    expect(text).toContain(`{ name: ${name}, from: ${from}, to: ${to} }`)
})
