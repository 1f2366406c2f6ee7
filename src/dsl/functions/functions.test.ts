import { describe, expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { planExploration } from '../plan/plan-exploration.ts'
import { listLabels } from './bucket-labels.ts'
import { functionFamilies } from './index.ts'

const places: readonly ((example: string) => string)[] = [
  (example) => `from account\nadd x = ${example}`,
  (example) => `from ticket\nadd x = ${example}`,
  (example) => `from account\ngroup by plan: x = ${example}`,
  (example) => `from invoice\ngroup by plan = account.plan: x = ${example}`,
  (example) =>
    `from invoice\nwhere status = "paid"\ngroup by month(paid_at): revenue = sum(amount)\nadd x = ${example}`,
]

describe.each(functionFamilies)('$title', ({ functions }) => {
  test.each(functions)('the example of `$name` compiles and is said in words', ({ example }) => {
    const planned = places.map((place) => planExploration(place(example), languageContext)).find(({ ok }) => ok)
    expect(planned?.ok, example).toBe(true)
    if (!planned?.ok) return
    expect(planned.value.fixes).toEqual([])
    expect(planned.value.steps.at(-1)?.sentence).not.toMatch(/undefined|NaN/)
  })
})

test('labels of stretches sort in the order of their numbers', () => {
  expect(listLabels([10, 50])).toEqual(['1. < 10', '2. 10–50', '3. 50+'])
  expect(listLabels([0.5])).toEqual(['1. < 0.5', '2. 0.5+'])
  const many = listLabels([-5, 0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(many[0]).toBe('01. < -5')
  expect([...many].sort()).toEqual(many)
})

test('functions have names of their own', () => {
  const names = functionFamilies.flatMap(({ functions }) => functions.map(({ name }) => name))
  expect(new Set(names).size).toBe(names.length)
})

/** What `add x = …` says of the value. */
const sentences: readonly (readonly [string, string])[] = [
  ['previous(revenue)', 'revenue one month earlier'],
  ['next(revenue, 1 year)', 'revenue 1 year later'],
  ['change(revenue)', 'the change of revenue since one month earlier'],
  ['pct_change(revenue, 12 months)', 'the change of revenue since 12 months earlier, as a share of what it was'],
  ['running_sum(revenue)', 'revenue added up so far'],
  ['running_max(revenue restart year)', 'the largest revenue so far, anew each year'],
  ['moving_avg(revenue, 3)', 'the mean of revenue over the 3 months that end here'],
  ['moving_sum(revenue, 1 year)', 'the sum of revenue over the 1 year that end here'],
  ['rank(revenue asc)', 'the rank by revenue, smallest first'],
  ['dense_rank(revenue per month)', 'the place by revenue, largest first per month'],
  ['ntile(revenue, 4)', 'which of 4 equal parts by revenue, largest first'],
  ['row_number(by revenue desc)', 'the number of the row by revenue, largest first'],
  ['min_of(revenue, 100, 200)', 'the smallest or earliest of revenue, 100 and 200'],
  ['bucket(revenue, 100, 200)', 'revenue in stretches, cut at 100, 200'],
  ['power(revenue, 2)', 'revenue to the power of 2'],
  ['text(month)', 'month as text'],
  ['month_name(month)', 'the name of the month of month'],
  ['fiscal_quarter(month)', 'the quarter of the fiscal year of month'],
  ['month + 3 days', '3 days after month'],
  ['month - 1 year', '1 year before month'],
  ['end_of(quarter, month)', 'the last day of the quarter of month'],
  ['days_between(month, today())', 'the days from month to today'],
  ['total(revenue per month)', 'the total of revenue per month'],
]

test.each(sentences)('%s is said as %j', (value, words) => {
  const text = `from invoice\ngroup by month(paid_at): revenue = sum(amount)\nadd x = ${value}`
  const planned = planExploration(text, languageContext)
  expect(planned.ok && planned.value.steps.at(-1)?.sentence).toBe(`For each month, work out x: ${words}`)
})
