import { expect, test } from 'vitest'
import { languageContext } from '../../tests/fixtures/language-catalog.ts'
import { readMarked } from '../../tests/support/marked-source.ts'
import { expectAccepted, isError } from '../base/diagnostic.ts'
import type { DiagnosticCode } from './check/diagnostic-codes.ts'
import { planExploration } from './plan/plan-exploration.ts'
import { format } from './text/format.ts'

/** Code, text with the place, and the message that stands there: each is the only mistake that is said. */
const mistakes: readonly (readonly [DiagnosticCode, string, string])[] = [
  ['expand-here', 'from account\nexpand «owner»', '`owner` leads to one row each'],
  ['expand-here', 'from account\nexpand «plan»', '`plan` is a column, not rows'],
  [
    'expand-here',
    'from account\nexpand users\nexpand «invoices»',
    'each of `invoices` would stand beside each of the rows that were expanded before',
  ],
  [
    'expand-here',
    'from account\nrepeat every month from created_at to activated_at\nexpand «users»',
    'each of `users` would stand once for each period',
  ],
  [
    'repeated-value',
    'from account\nexpand users\ngroup by users.role: mrr = «sum(mrr)»',
    '`mrr` stands once for each user here, so that `sum` would count it several times',
  ],
  [
    'repeated-value',
    'from account\nexpand users\nadd share = mrr / «total(mrr)»',
    '`mrr` stands once for each user here, so that `total` would count it several times',
  ],
  [
    'repeated-value',
    'from account\nadd x = mrr * 2\nexpand users\nshow plan, x as y\ngroup by plan: n = «avg(y)»',
    '`y` stands once for each user here, so that `avg` would count it several times',
  ],
  [
    'repeated-value',
    'from invoice\nexpand account.users\ngroup by status: n = «sum(users.id)»',
    '`users.id` stands once for each user here, so that `sum` would count it several times',
  ],
  [
    'repeated-value',
    'from subscription\nrepeat every month from started_at to ended_at\ngroup by account: mrr = «sum(mrr)»',
    '`mrr` stands once for each month here, so that `sum` would count it several times',
  ],
  [
    'repeated-value',
    'from account\nexpand users\ngroup by users.role: n = «signups()»',
    'the metric `signups` is of rows that stand once for each user here',
  ],
  ['range-too-fine', 'from subscription\nrepeat every hour from «started_at» to ended_at', 'a date has no hours'],
  [
    'type-mismatch',
    'from subscription\nrepeat every month from «mrr» to ended_at',
    'an interval begins and ends with a date or time, and this is a number',
  ],
  [
    'no-history',
    'from invoice\nadd x = as_of(«account.plan», paid_at)',
    '`account.plan` is what it is today, whatever the time',
  ],
  ['arguments', 'from account\nadd x = «as_of(plan_at.plan)»', '`as_of` takes a path and a time'],
  [
    'type-mismatch',
    'from account\nadd x = as_of(plan_at.plan, «name»)',
    '`as_of` takes a date or time, and this is a text',
  ],
  [
    'this-here',
    'from account\nadd n = count(users where «this» = 3)',
    '`this` is the row around the condition, not a value',
  ],
  [
    'this-here',
    'from account\nwhere under(parent where count(users where «this» = 3) > 1)',
    '`this` is the row around the condition, not a value',
  ],
  ['unknown-name', 'from account\nadd n = count(users where «this.nothing» > 1)', 'an account has no `nothing`'],
  [
    'to-many-outside-aggregate',
    'from account\nadd n = count(users where «this.users.role» = "x")',
    '`users.role` leads to many rows for each account',
  ],
  [
    'arguments',
    'from account\nwhere «under(owner where mrr > 1)»',
    '`under` takes a to-one relation of the row to its own model',
  ],
]

test.each(mistakes)('%s in %j', (code, marked, message) => {
  const { text, span } = readMarked(marked)
  const errors = planExploration(text, languageContext).diagnostics.filter(isError)
  expect(errors.map((one) => [one.code, one.message])).toEqual([[code, message]])
  expect(errors[0]?.span).toEqual(span)
  expect(errors[0]?.hint ?? '').toMatch(/^$|^[A-Z`].*[.?]$/s)
})

test.each([
  ['`this` for the row at hand', 'from account\nadd x = this.mrr * 2', 'from account\nadd x = mrr * 2'],
  [
    'the name of a row above',
    'from account\nwhere under("Acme")',
    'from account\nwhere under(parent where name = "Acme")',
  ],
  [
    'the name of a row below',
    'from account\nwhere above("Acme")',
    'from account\nwhere above(parent where name = "Acme")',
  ],
  [
    'the name behind the relation',
    'from account\nwhere under(parent, "Acme")',
    'from account\nwhere under(parent where name = "Acme")',
  ],
])('%s is mended', (_what, written, meant) => {
  const { tree } = expectAccepted(planExploration(written, languageContext))
  expect(format({ ...tree, header: {} }).trimEnd()).toBe(meant)
})

test.each([
  [
    'add n = count(features where area = "insight")',
    'For each account, work out n: the number of its features where area is “insight”',
  ],
  [
    'add n = count(users where created_at > this.created_at)',
    "For each account, work out n: the number of its users where created is above this account's signed up",
  ],
  [
    'where under(parent where name = "Acme")',
    'Keep accounts where it stands, by parent, under an account where name is “Acme”',
  ],
  [
    'where above(parent where name = "Acme")',
    'Keep accounts where it stands, by parent, above an account where name is “Acme”',
  ],
  ['add x = as_of(plan_at.price, created_at)', "For each account, work out x: plan then's price as of signed up"],
  ['expand features', "Make one row for each of the accounts' features"],
])('`%s` is said in plain words', (step, sentence) => {
  const { steps } = expectAccepted(planExploration(`from account\n${step}`, languageContext))
  expect(steps[1]?.sentence).toBe(sentence)
})
