import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import type { SharedScan } from '../hypothesis.ts'
import { templates } from '../templates/index.ts'
import { isAskedByTemplates, readSuggestion } from './read-suggestion.ts'

const { catalog } = languageContext
const read = (text: string) =>
  expectAccepted(readSuggestion(text, { catalog, asOf: '2026-10-01', nameOf: (key) => `suggested-${key}` }))

const signups = (where: string, detector = 'level_shift') =>
  `from metric signups by week where ${where} and created_at in last 52 weeks\nfill week with 0\ntest ${detector} signups over week`

test('its title is made from its steps, and nothing that the model said beside them is kept', () => {
  const one = read(
    `# The end is near\nas of 2020-01-01\nfrom account # look\nwhere plan != "free" and source = "ads" and created_at in last 52 weeks\ngroup by week(created_at): doom = count()\nfill week with 0\ntest level_shift doom over week`,
  )
  expect(one).toMatchObject({
    origin: 'suggested',
    name: `suggested-${one.key}`,
    title: 'Suggested: Signups where plan != "free" and source = "ads"',
    metric: { name: 'signups' },
  })
  expect(one.text).not.toMatch(/end|look|2020/)
  expect(read(one.text).key).toBe(one.key)
})

test('what is no metric is called by its measure', () => {
  const text =
    'from account\nwhere created_at in last 200 days\ngroup by day(created_at): n = count_distinct(source)\nfill day with 0\ntest trend n over day'
  expect(read(text)).toMatchObject({ title: 'Suggested: Account, count_distinct(source)', metric: undefined })
})

test('columns that its steps add are part of its title', () => {
  const text =
    'from account\nwhere plan = "free" and created_at in last 200 days\nadd n = count(users)\ngroup by day(created_at): size = avg(n)\nfill day\ntest trend size over day'
  expect(read(text).title).toBe('Suggested: Account, avg(n) with n = count(users) where plan = "free"')
})

test('a very long condition does not make a very long headline', () => {
  const many = Array.from({ length: 40 }, (_, at) => `source != "channel ${at}"`).join(' and ')
  expect(read(signups(many)).title).toHaveLength(160)
})

test('the same question in other words, periods or order makes the same claim', () => {
  const { claim } = read(signups('source = "ads" and plan = "free"'))
  const other =
    'from account\nwhere plan = "free"\nwhere created_at >= 2026-03-01 and source = "ads"\ngroup by d = day(created_at): x = count()\nfill d with 0\ntest level_shift x over d'
  expect(read(other).claim.key).toBe(claim.key)
  expect(read(other).claim.slice).toEqual([
    { field: 'plan', value: 'free' },
    { field: 'source', value: 'ads' },
  ])
  expect(read(signups('source = "ads" and plan = "free"', 'outlier')).claim.key).not.toBe(claim.key)
  expect(read(signups('source = "ads" and plan != "free"')).claim.key).not.toBe(claim.key)
})

test('a condition on the periods makes another series', () => {
  const plain = signups('source = "ads"')
  const cut = plain.replace('\nfill', '\nwhere signups > 3\nfill')
  expect(read(cut).claim.key).not.toBe(read(plain).claim.key)
  expect(read(cut).claim.slice).toBeUndefined()
})

test('templates ask about values of fields that a scan of the plan serves, by the detectors that they have', () => {
  const { model, time } = catalog.models.account!.metrics.signups!
  const scan = { model, time, dimensions: ['plan', 'source'], metrics: ['signups'] } as unknown as SharedScan
  const asks = (text: string, scans = [scan]) => isAskedByTemplates(read(text), { scans, templates, catalog })
  const pair = 'source = "ads" and plan = "free"'
  const { slices } = catalog.models.account!.metrics.signups!
  expect(slices).toEqual(expect.arrayContaining(['plan', 'source']))
  expect(asks(signups(pair))).toBe(true)
  expect(asks(signups(pair), [])).toBe(false)
  expect(asks(signups(pair), [{ ...scan, reads: 'accounts' }])).toBe(false)
  expect(asks(signups(pair, 'volatility'))).toBe(false)
  expect(asks(signups('source = "ads"'))).toBe(false)
  expect(asks(signups('source = "ads" and plan != "free"'))).toBe(false)
})
