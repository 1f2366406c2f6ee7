import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { planExploration } from '../plan/plan-exploration.ts'

const plan = (text: string) => expectAccepted(planExploration(text, languageContext))
const namesOf = (text: string) => plan(text).columns.map(({ name }) => name)
const lastSentence = (text: string) => plan(text).steps.at(-1)?.sentence

test('related rows stand beside the row under the name of the relation', () => {
  const names = namesOf('from account\nexpand users')
  expect(names.slice(0, 2)).toEqual(['name', 'plan'])
  expect(names.slice(-3)).toEqual(['users.email', 'users.role', 'users.created_at'])
})

test('another name may be given, and relations are followed from there', () => {
  expect(namesOf('from account\nexpand users as u\nshow name, u.email, u.account.plan')).toEqual([
    'name',
    'email',
    'plan',
  ])
  expect(namesOf('from account\nexpand users as u\nadd n = count(u.events)\nshow u.email, n')).toEqual(['email', 'n'])
})

test('rows over two relations are those at the end', () => {
  expect(namesOf('from account\nexpand users.events\nshow name, events.at, events.user.email')).toEqual([
    'name',
    'at',
    'email',
  ])
})

test('expanded rows are expanded further', () => {
  expect(namesOf('from account\nexpand users\nexpand users.events as e\nshow users.email, e.name')).toEqual([
    'email',
    'name',
  ])
})

test('a name that is there already is mended', () => {
  const text = 'from account\nexpand users\nexpand users.events as plan'
  expect(plan(text).fixes).toEqual(['named `plan_2`'])
})

test.each([
  ['sums of the rows at the end', 'from account\nexpand users.events\ngroup by plan: n = sum(events.id)'],
  ['what repeats do not change', 'from account\nexpand users\ngroup by plan: a = max(mrr), b = count_distinct(owner)'],
  [
    'values that the related row has part in',
    'from account\nexpand invoices\ngroup by plan: x = sum(invoices.amount / mrr)',
  ],
  [
    'conditions on the outer row',
    'from account\nexpand invoices\ngroup all: x = sum(invoices.amount where plan = "pro")',
  ],
  ['what was grouped since', 'from account\nexpand users\ngroup by plan: mrr = max(mrr)\ngroup all: mrr = sum(mrr)'],
])('%s may be aggregated', (_what, text) => {
  expect(plan(text).columns.length).toBeGreaterThan(0)
})

test('it is said in plain words', () => {
  expect(lastSentence('from account\nexpand users')).toBe("Make one row for each of the accounts' users")
  expect(lastSentence('from account\nexpand users\nadd x = users.role')).toBe(
    "For each account and user, work out x: users' role",
  )
})
