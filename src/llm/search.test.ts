import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectAccepted } from '../base/diagnostic.ts'
import { readCatalog } from '../catalog/read-catalog.ts'
import { createSearch } from './search.ts'

const folder = fileURLToPath(new URL('../../examples/saas/catalog', import.meta.url))
const catalog = expectAccepted(readCatalog(folder))
const find = (query: string, ...rest: [number?, ('exploration' | 'metric' | 'model')?]) =>
  createSearch(catalog).search(query, rest[0] ?? 3, rest[1])

test.each([
  ['customers', 'model', 'account'],
  ['activation rate', 'metric', 'activation_rate'],
  ['CSAT', 'metric', 'satisfaction'],
  ['Estonia', 'value', 'country = EE'],
  ['payment method', 'field', 'method'],
  ['recuring revenue', 'field', 'mrr'],
  ['how many users does an account have on average', 'exploration', 'Average number of users an account, by plan'],
])('"%s" finds the %s %s', (query, kind, name) => {
  expect(find(query, 3)).toContainEqual(expect.objectContaining({ kind, name }))
})

test('explorations near a question come with their text and a score up to 1', () => {
  const [first] = find('signups by source per month', 3, 'exploration')
  expect(first).toMatchObject({
    title: 'Signups a month by source',
    exploration: expect.stringContaining('from metric signups'),
  })
  expect(first?.score).toBeGreaterThan(0.6)
  expect(first?.score).toBeLessThanOrEqual(1)
})

test('what has nothing to do with the catalog finds nothing, or next to nothing', () => {
  expect(find('weather')).toEqual([])
  expect(find('the a of')).toEqual([])
  for (const { score } of find('football world cup in Estonia', 5)) expect(score).toBeLessThan(0.4)
})

test('personal and hidden fields cannot be found', () => {
  expect(find('email', 20).filter(({ name }) => name === 'email' || name === 'account_id')).toEqual([])
})
