import { expect, test } from 'vitest'
import { pluralize, singularize, splitWords, toLookupKey } from './words.ts'

test.each([
  ['invoices', 'invoice'],
  ['countries', 'country'],
  ['status', 'status'],
  ['boxes', 'box'],
  ['people', 'person'],
  ['business', 'business'],
  ['this', 'this'],
])('the singular of %s is %s', (plural, singular) => {
  expect(singularize(plural)).toBe(singular)
})

test.each([
  ['account', 'accounts'],
  ['country', 'countries'],
  ['box', 'boxes'],
  ['day', 'days'],
])('the plural of %s is %s', (singular, plural) => {
  expect(pluralize(singular)).toBe(plural)
})

test('names and phrases that are said alike have one lookup key', () => {
  expect(new Set(['paid_search', 'Paid search', 'paid searches', 'Paid-Search'].map(toLookupKey)).size).toBe(1)
})

test('a question is split into words, numbers, dates, quoted texts and signs', () => {
  const words = splitWords(`Who's over 1,500.5 or $2k in 2025-Q3, named "A B" and >= 5%?`)
  expect(words.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'word Who',
    'word over',
    'number 1,500.5',
    'word or',
    'number $2k',
    'word in',
    'date 2025-Q3',
    'sign ,',
    'word named',
    'text A B',
    'word and',
    'sign >=',
    'number 5%',
  ])
  expect(words.flatMap(({ number }) => number ?? [])).toEqual([1500.5, 2000, 0.05])
})
