import { expect, test } from 'vitest'
import { languageCatalog } from '../../../tests/fixtures/language-catalog.ts'
import type { Catalog, Model } from '../../catalog/catalog.ts'
import { checkCatalog } from './check-catalog.ts'

const account = languageCatalog.models.account!
const change = (part: Partial<Model>): Catalog => ({
  ...languageCatalog,
  models: { ...languageCatalog.models, account: { ...account, ...part } },
})
const measure = (text: string) => change({ metrics: { signups: { ...account.metrics.signups!, measure: text } } })
const messages = (catalog: Catalog) => checkCatalog(catalog).map(({ code, message }) => `${code}: ${message}`)

test('a catalog that holds has nothing to be said', () => {
  expect(checkCatalog(languageCatalog)).toEqual([])
})

test.each([
  ['count(', 'syntax: expected ")", found the end of the step'],
  ['sum(nix)', 'unknown-name: an account has no `nix`'],
  ['mrr', 'not-aggregated: `mrr` has many values in a group'],
  ['max(created_at)', 'type-mismatch: a measure is a number, and this is of type timestamp'],
  ['count(users)', 'to-many-in-group: `count(users)` leads to many rows for each row of the group'],
])('the measure %j is refused', (text, message) => {
  expect(messages(measure(text))).toEqual([message])
})

test('a policy is checked but for who asks', () => {
  expect(messages(change({ policies: [{ where: 'country = viewer.country' }] }))).toEqual([])
  expect(messages(change({ policies: [{ where: 'mrr' }] }))).toEqual([
    'not-a-condition: a condition is true or false, and this is a number',
  ])
})

test('a prepared exploration must stand as it is', () => {
  const text = 'from account\nwhere plan == "pro"'
  expect(messages(change({ explorations: [{ title: 'Pro', text }] }))).toEqual([
    'foreign-operator: `==` is written `=`',
  ])
})

test('a mistake in a metric is not said again by what uses it', () => {
  const broken = measure('sum(nix)')
  const model = broken.models.account!
  const catalog = {
    ...broken,
    models: {
      ...broken.models,
      account: { ...model, explorations: [{ title: 'Signups', text: 'from metric signups by week' }] },
    },
  }
  expect(messages(catalog)).toEqual(['unknown-name: an account has no `nix`'])
})

test('what depends on the day of the question is not said of a catalog', () => {
  const text = 'from account\ngroup by month(created_at): n = count()\nchart line month, n'
  expect(checkCatalog(change({ explorations: [{ title: 'Accounts', text }] }))).toEqual([])
})
