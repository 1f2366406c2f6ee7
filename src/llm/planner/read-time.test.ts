import { expect, test } from 'vitest'
import { readTime } from './read-time.ts'
import { splitWords } from './words.ts'

const read = (phrase: string) => {
  const words = splitWords(phrase)
  const found = readTime(words, 0)
  return found && { isAll: found.length === words.length, value: found.value }
}

test.each([
  ['last 12 months', 'in last 12 months'],
  ['in the last 12 months', 'in last 12 months'],
  ['over the past six weeks', 'in last 6 weeks'],
  ['last month', 'in last month'],
  ['the previous quarter', 'in last quarter'],
  ['in the previous quarter', 'in last quarter'],
  ['this year', 'in this year'],
  ['this year so far', 'in this year'],
  ['year to date', 'in year to date'],
  ['YTD', 'in year to date'],
  ['in 2025', 'in 2025'],
  ['in March 2025', 'in 2025-03'],
  ['Q3 2025', 'in 2025-Q3'],
  ['2025 Q3', 'in 2025-Q3'],
  ['on 2025-03-14', 'in 2025-03-14'],
  ['since March 2025', 'since 2025-03'],
  ['before 2025', 'before 2025'],
  ['between 2025-01-01 and 2025-03-31', 'in 2025-01-01 to 2025-03-31'],
  ['from January 2025 to March 2025', 'in 2025-01 to 2025-03'],
  ['yesterday', 'in last day'],
  ['today', 'in this day'],
])('%s is %s', (phrase, condition) => {
  const found = read(phrase)
  expect(found).toMatchObject({ isAll: true, value: { kind: 'range', range: { condition } } })
})

test.each([
  ['per month', 'month'],
  ['by week', 'week'],
  ['daily', 'day'],
  ['month by month', 'month'],
  ['year over year', 'year'],
])('%s is a bucket of a %s', (phrase, grain) => {
  expect(read(phrase)).toEqual({ isAll: true, value: { kind: 'grain', grain } })
})

test.each(['may', 'last', 'in march', 'since ever', 'by plan', '1850 accounts'])('%s is no time', (phrase) => {
  expect(read(phrase)).toBeUndefined()
})
