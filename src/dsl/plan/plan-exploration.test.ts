import { expect, test } from 'vitest'
import { languageCatalog, languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { listInputs } from '../emit/columns.ts'
import type { Node } from './plan.ts'
import { planExploration } from './plan-exploration.ts'

const plan = (text: string, context = {}) => expectAccepted(planExploration(text, { ...languageContext, ...context }))

/** Every node of a plan. */
const listNodes = (node: Node): readonly Node[] => [node, ...listInputs(node).flatMap(listNodes)]
const find = <O extends Node['op']>(text: string, op: O, context = {}) =>
  listNodes(plan(text, context).plan.root).filter((node): node is Extract<Node, { op: O }> => node.op === op)

const literals = (text: string, context = {}) =>
  find(text, 'filter', context).map(({ where }) =>
    [...JSON.stringify(where).matchAll(/"value":"([^"]+)"/g)].map(([, value]) => value),
  )

test('a to-many relation is aggregated by the row before it is looked up, and counts 0 for none', () => {
  const [lookup] = find('from account\nadd n = count(users where role = "admin")', 'lookup')
  expect(lookup).toMatchObject({
    on: [{ left: 'id', right: 'account_id' }],
    columns: [{ name: 'n', from: 'n', orElse: { op: 'literal', value: 0 } }],
    to: {
      op: 'aggregate',
      keys: [{ name: 'account_id' }],
      measures: [{ name: 'n', aggregate: { fn: 'count', args: [] } }],
      input: { op: 'filter', input: { op: 'scan', model: 'user' } },
    },
  })
})

test('a sum over a to-many relation is empty for none', () => {
  expect(find('from account\nadd s = sum(invoices.amount)', 'lookup')[0]?.columns[0]).not.toHaveProperty('orElse')
})

test('rows two relations away are matched through the key of the middle one', () => {
  const [outer, inner] = find('from account\nadd n = count(users.events)', 'lookup')
  expect(outer?.on).toEqual([{ left: 'id', right: 'account_id' }])
  expect(inner).toMatchObject({ to: { op: 'scan', model: 'user' }, on: [{ left: 'user_id', right: 'id' }] })
})

test('a to-one path is looked up once, however many of its fields are used', () => {
  const lookups = find('from invoice\nwhere account.plan = "pro"\ngroup by account.country: n = sum(amount)', 'lookup')
  expect(lookups).toHaveLength(1)
  expect(lookups[0]?.columns.map(({ name }) => name)).toEqual(['account.plan', 'account.country'])
})

test('two of one name stay apart through a second group', () => {
  const text = 'from event\ngroup by user.account, day(at): n = count()\ngroup by account: days = count()'
  const [second, first] = find(text, 'aggregate')
  expect(first?.keys.map(({ name }) => name)).toEqual(['account_key', 'account', 'day'])
  expect(second?.keys).toMatchObject([
    { name: 'account_key_2', value: { op: 'column', name: 'account_key' } },
    { name: 'account', value: { op: 'column', name: 'account' } },
  ])
})

test('only columns that are used are read', () => {
  expect(find('from account\ngroup by plan: n = count()', 'scan')[0]?.columns.map(({ name }) => name)).toEqual(['plan'])
})

test("ranges are half-open comparisons of the bare column with instants of the calendar's zone", () => {
  const tallinn = { calendar: { ...languageContext.calendar, timezone: 'Europe/Tallinn' } }
  expect(literals('from account\nwhere created_at in last 2 days', tallinn)).toEqual([
    ['2026-09-12T21:00:00Z', '2026-09-14T21:00:00Z'],
  ])
  expect(literals('from account\nwhere renews_on in last 2 days', tallinn)).toEqual([['2026-09-13', '2026-09-15']])
  expect(literals('timezone America/New_York\nas of 2026-03-09\nfrom account\nwhere created_at in last day')).toEqual([
    ['2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'],
  ])
})

test.each([
  ['last 24 months', '2024-09-01', '2026-09-01'],
  ['last week', '2026-09-07', '2026-09-14'],
  ['last 3 months including this', '2026-06-01', '2026-10-01'],
  ['this quarter', '2026-07-01', '2026-10-01'],
  ['next 2 weeks', '2026-09-21', '2026-10-05'],
  ['year to date', '2026-01-01', '2026-09-15'],
  ['year to date 1 year ago', '2025-01-01', '2025-09-15'],
  ['2025', '2025-01-01', '2026-01-01'],
  ['2025-Q4', '2025-10-01', '2026-01-01'],
  ['2024-02', '2024-02-01', '2024-03-01'],
  ['2025-01 to 2025-06-15', '2025-01-01', '2025-06-16'],
])('`in %s` is from %s up to, and without, %s', (range, from, to) => {
  expect(literals(`from account\nwhere renews_on in ${range}`)).toEqual([[from, to]])
})

test.each([
  ['= 2025-03', ['2025-03-01', '2025-04-01']],
  ['> 2025-03', ['2025-04-01']],
  ['>= 2025-03', ['2025-03-01']],
  ['< 2025-03', ['2025-03-01']],
  ['<= 2025-03', ['2025-04-01']],
  ['before 2025', ['2025-01-01']],
  ['since 2025', ['2025-01-01']],
  ['after 2025-03-14', ['2025-03-15']],
  ['between 2025-01 and 2025-03', ['2025-01-01', '2025-04-01']],
])('`renews_on %s` compares with %j', (condition, days) => {
  expect(literals(`from account\nwhere renews_on ${condition}`)).toEqual([days])
})

test('`fill` reaches over the range that rows were kept from, and not beyond today', () => {
  const text = (range: string) =>
    `from account\nwhere created_at in ${range}\ngroup by month(created_at): n = count()\nfill month with 0`
  expect(find(text('last 3 months'), 'fill')[0]).toMatchObject({ from: '2026-06-01', to: '2026-08-01' })
  expect(find(text('this year'), 'fill')[0]).toMatchObject({ from: '2026-01-01', to: '2026-09-01' })
  expect(find('from account\ngroup by month(created_at): n = count()\nfill month', 'fill')[0]).not.toHaveProperty(
    'from',
  )
})

test('`previous` moves by the calendar, for each combination of the other keys', () => {
  const text = 'from account\ngroup by month(created_at), plan: n = count()\nadd p = previous(n, 1 year)'
  expect(find(text, 'shift')).toMatchObject([
    { time: 'month', per: ['plan'], columns: [{ of: 'n', by: 1, unit: 'year' }] },
  ])
})

test('a relation as a key stands for the key of its model and is shown by its name', () => {
  const { plan: made, columns } = plan(
    'from invoice\ngroup by account, month(paid_at): n = count()\nadd p = previous(n)',
  )
  expect(columns.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    'account: text',
    'month: date',
    'n: number',
    'p: number',
  ])
  const [shift] = listNodes(made.root).filter((node) => node.op === 'shift')
  expect(shift).toMatchObject({ per: ['account_key'] })
})

test('metrics of several models meet on their keys, each over its own time', () => {
  const [zip] = find('from metric signups, logins by week', 'zip')
  expect(zip).toMatchObject({
    keys: [{ name: 'week', type: 'date' }],
    inputs: [{ op: 'aggregate' }, { op: 'aggregate' }],
  })
  expect(plan('from metric signups, logins by week').columns.map(({ name }) => name)).toEqual([
    'week',
    'signups',
    'logins',
  ])
})

test('rows come in one order: by keys, as sorted, or by what identifies them', () => {
  const order = (text: string) =>
    plan(text).plan.order.map(({ name, descending }) => (descending ? `${name} desc` : name))
  expect(order('from account\ngroup by month(created_at), plan: n = count()')).toEqual(['month', 'plan'])
  expect(order('from account\nsort mrr desc\nshow name')).toEqual(['mrr desc'])
  expect(order('from account\nshow name')).toEqual(['id'])
  expect(order('from account\ngroup by country, plan: n = count()\ntop 2 by n per country')).toEqual([
    'country',
    'n desc',
  ])
})

test('what a step leaves out can no longer be named', () => {
  for (const text of [
    'from account\nshow name\nsort mrr',
    'from account\ngroup by plan: n = count()\nadd x = count(users)',
  ])
    expect(planExploration(text, languageContext)).toMatchObject({
      ok: false,
      diagnostics: [{ code: expect.stringMatching(/unknown-name|aggregate/) }],
    })
})

test('the identity is that of the question, not of its header or comments', async () => {
  const { identify } = await import('../tree/identify.ts')
  const key = (text: string) => identify(plan(text).tree)
  expect(key('title "x"\nas of 2025-01-01\nfrom account # y\n# z\nlimit 3')).toBe(key('from account\nlimit 3'))
  expect(key('from account\nlimit 4')).not.toBe(key('from account\nlimit 3'))
})

test('today is pinned in the tree, and the header wins', () => {
  expect(plan('from account').tree.header.asOf).toBe('2026-09-15')
  expect(plan('as of 2025-01-01\nfrom account').asOf).toBe('2025-01-01')
})

/** The language catalog with policies on accounts. */
const withPolicies = (...conditions: readonly string[]): Catalog => ({
  ...languageCatalog,
  models: {
    ...languageCatalog.models,
    account: { ...languageCatalog.models.account!, policies: conditions.map((where) => ({ where })) },
  },
})

test('a policy is a filter above each read of its model, joined ones too', () => {
  const catalog = withPolicies('is_active', 'country = viewer.country')
  for (const text of ['from account', 'from invoice\nshow account.name', 'from user\nadd n = count(account.users)']) {
    const nodes = listNodes(plan(text, { catalog, viewer: { country: 'EE' } }).plan.root)
    const reads = nodes.filter((node) => node.op === 'scan' && node.model === 'account').length
    expect(nodes.filter((node) => node.op === 'filter')).toHaveLength(reads * 2)
  }
})

test('a policy about the viewer refuses who is not known', () => {
  const outcome = planExploration('from invoice\nshow account.name', {
    ...languageContext,
    catalog: withPolicies('country = viewer.country'),
  })
  expect(outcome.diagnostics).toMatchObject([{ code: 'unknown-viewer', message: expect.stringContaining('`account`') }])
})

test('who asks is known in policies, and in no exploration', () => {
  const context = { ...languageContext, catalog: withPolicies('country = viewer.country'), viewer: { country: 'EE' } }
  for (const text of ['from account\nwhere country = viewer.country', 'from user\nadd x = viewer.country'])
    expect(planExploration(text, context).diagnostics).toMatchObject([
      { code: 'viewer-here', message: '`viewer.country` is known in policies of the catalog only' },
    ])
})

test('a policy that does not hold refuses every read', () => {
  const outcome = planExploration('from account', { ...languageContext, catalog: withPolicies('nix = 1') })
  expect(outcome.diagnostics).toMatchObject([
    { code: 'broken-policy', message: 'a policy of `account` does not hold: an account has no `nix`' },
  ])
})

test('a row without the time of a metric does not count for it, unless a range keeps it out already', () => {
  expect(JSON.stringify(find('from metric signups by plan', 'filter'))).toContain('"fn":"is_empty"')
  expect(JSON.stringify(find('from metric signups by week where created_at in last 4 weeks', 'filter'))).not.toContain(
    'is_empty',
  )
})
