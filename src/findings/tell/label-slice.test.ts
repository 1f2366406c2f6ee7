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
        acquired_by: { name: 'acquired_by', label: 'Acquired by', values: [] },
        name: { name: 'name', label: 'Name', values: [] },
        size: { name: 'size', label: 'Size', values: [] },
        legal_name: { name: 'legal_name', label: 'Legal name', values: [] },
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

test('a label that tells what was done to the rows needs no “that”', () => {
  const slice = [
    { field: 'plan', value: 'ent' },
    { field: 'acquired_by', value: 'ads' },
  ]
  expect(phraseSlice(catalog, 'account', slice)).toBe('acquired by ads with plan Enterprise')
})

test('a field that only its owner makes clear is said by its owner', () => {
  const phrase = (field: string) => phraseSlice(catalog, 'event', [{ field, value: 'x' }])
  expect(phrase('account.name')).toBe('with account x')
  expect(phrase('account.size')).toBe('with account size x')
  expect(phrase('account.legal_name')).toBe('with legal name x')
  expect(phraseSlice(catalog, 'account', [{ field: 'size', value: 'x' }])).toBe('with size x')
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
