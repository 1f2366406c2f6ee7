import { expect, test } from 'vitest'
import type { Catalog } from '../../catalog/catalog.ts'
import { labelSlice, labelStatement, phraseSlice } from './label-slice.ts'

const catalog = {
  models: {
    account: {
      name: 'account',
      relations: {},
      fields: {
        source: { name: 'source', label: 'Came from', values: [] },
        plan: { name: 'plan', label: 'Plan', values: [{ value: 'ent', label: 'Enterprise' }] },
        is_trial: { name: 'is_trial', label: 'Trial', values: [] },
      },
    },
    event: { name: 'event', relations: { account: { to: 'account' } }, fields: {} },
  },
} as unknown as Catalog

test('values and fields are said by their labels', () => {
  expect(labelSlice(catalog, 'event', [{ field: 'account.plan', value: 'ent' }])).toBe('plan Enterprise')
  expect(phraseSlice(catalog, 'account', [{ field: 'plan', value: 'ent' }])).toBe('with plan Enterprise')
})

test('a label that ends in a preposition reads as what the rows did', () => {
  expect(phraseSlice(catalog, 'account', [{ field: 'source', value: 'ads' }])).toBe('that came from ads')
  const both = [
    { field: 'source', value: 'ads' },
    { field: 'plan', value: 'ent' },
  ]
  expect(phraseSlice(catalog, 'account', both)).toBe('with plan Enterprise that came from ads')
})

test('empty values and truth values have words', () => {
  expect(labelSlice(catalog, 'account', [{ field: 'source', value: null }])).toBe('came from (empty)')
  expect(labelSlice(catalog, 'account', [{ field: 'is_trial', value: true }])).toBe('trial yes')
})

test('a field that left the catalog is said by its name', () => {
  expect(labelSlice(catalog, 'account', [{ field: 'old_field', value: 'x' }])).toBe('old field x')
})

test('what a hypothesis claims is said in the same words', () => {
  const slice = [{ field: 'account.plan', value: 'ent' }]
  const statement = 'logins where account.plan is ent changed level'
  expect(labelStatement(catalog, { model: 'event', slice, statement })).toBe(
    'logins with plan Enterprise changed level',
  )
  const whole = 'one value of plan left the others in logins'
  expect(labelStatement(catalog, { model: 'event', slice: [], statement: whole })).toBe(whole)
})
