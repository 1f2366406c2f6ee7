import { expect, test } from 'vitest'
import { languageCatalog, languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { readMarked } from '../../../tests/support/marked-source.ts'
import { expectAccepted, isError } from '../../base/diagnostic.ts'
import type { DiagnosticCode } from '../check/diagnostic-codes.ts'
import { planExploration } from '../plan/plan-exploration.ts'
import { format } from '../text/format.ts'

/** A catalog that says nothing about what an event is. */
const plainCatalog = {
  ...languageCatalog,
  models: { ...languageCatalog.models, event: { ...languageCatalog.models.event!, semantics: undefined } },
}

const mistakes: readonly (readonly [DiagnosticCode, string, string, string])[] = [
  [
    'cohort-period',
    'from account\nretention by «plan» on users.events for 3 months',
    'cohorts are the periods in which rows began, of a day or longer',
    'Write the period of a time of theirs first, as `retention by month(created_at) on …`.',
  ],
  [
    'retention-length',
    'from account\n«retention by month(created_at) on users.events for 30 minutes»',
    'retention is counted in days or longer units',
    'Write a longer unit, as `for 30 days` or `for 12 months`.',
  ],
  [
    'retention-length',
    'from account\n«retention by day(created_at) on users.events for 401 days»',
    'a cohort is followed for at most 400 periods',
    'Write a longer unit, as `for 30 days` or `for 12 months`.',
  ],
  [
    'no-event-time',
    'from account\nretention by month(created_at) on «tickets» for 3 months',
    'the catalog does not say when a ticket happened',
    'Write `semantics: { kind: event, time: opened_at }` for `ticket` in the catalog, or name the time, as `tickets.opened_at`.',
  ],
  [
    'one-not-many',
    'from account\nlifecycle by month on «created_at»',
    '`created_at` is one for each account, not what it did over time',
    'Name a to-many relation, as `users.events`, maybe with a time of its rows.',
  ],
  [
    'one-not-many',
    'from event\nfunnel «user»: "a" then "b"',
    '`user` is one for each event, not what it did over time',
    'Name a to-many relation, as `users.events`, maybe with a time of its rows.',
  ],
  [
    'type-mismatch',
    'from account\nlifecycle by month on «invoices.amount»',
    '`invoices.amount` says when something was done, and this is a number',
    'Name a date or time of the related rows, or the relation alone.',
  ],
  [
    'unknown-name',
    'from account\nlifecycle by month on «people»',
    'an account has no `people`',
    'There is `name`, `plan`, `country`, `source`, `industry`, `seats`, `mrr`, `is_active`, `renews_on`, `created_at`, `activated_at`, `users` and 11 more.',
  ],
  [
    'rows-of-model',
    'from account\ngroup by plan: n = count()\n«lifecycle by month on users»',
    '`lifecycle` follows rows of a model, and these were grouped or chosen from',
    'Put it behind `from` and its conditions.',
  ],
  [
    'stretch-varies',
    'from user\n«funnel events within 2 months: "login" then "signed_up"»',
    '2 months may be longer or shorter',
    'Write minutes, hours, days or weeks, as `60 days`.',
  ],
  [
    'range-too-fine',
    'from account\n«funnel invoices.due_on within 3 hours: (amount > 1) then (amount > 2)»',
    'a date has no hours or minutes',
    'Write days or weeks.',
  ],
  [
    'no-event-name',
    'from account\nfunnel invoices.paid_at: «"paid"» then (amount > 2)',
    'the catalog does not say what an invoice is called',
    'Write `semantics: { kind: event, name: status, … }` for `invoice` in the catalog, or a condition in parentheses, as `(status = "paid")`.',
  ],
  [
    'not-a-condition',
    'from user\nfunnel events: "login" then («name»)',
    'a condition is true or false, and this is a text',
    'Compare it with a value, as in `plan = "pro"`.',
  ],
  [
    'no-event-time',
    'from ticket\n«sessions per account gap 30 minutes»',
    'the catalog does not say when a ticket happened',
    'Write `semantics: { kind: event, time: opened_at }` for `ticket` in the catalog.',
  ],
  [
    'syntax',
    'from user\nfunnel events: "login"«»',
    'expected `then` and another stage, found the end of the step',
    'A funnel has two stages or more.',
  ],
  [
    'too-long',
    `from user\n«funnel events: ${Array.from({ length: 13 }, (_, at) => `s${at} = "login"`).join(' then ')}»`,
    'a funnel has 13 stages; 12 is the most',
    'Leave some out.',
  ],
  [
    'syntax',
    'from user\nlifecycle by «plan» on events',
    'expected a unit of time, found `plan`',
    'Write `lifecycle by month on users.events`.',
  ],
  [
    'syntax',
    'from account\nretention by month(created_at) on users.events«»',
    'expected `for`, found the end of the step',
    'Say how long cohorts are followed, as `for 12 months`.',
  ],
  [
    'syntax',
    'from event\nsessions per user gap «0 minutes»',
    'a stretch of time has a length',
    'Say after how long a silence a new session starts, as `gap 30 minutes`.',
  ],
]

test.each(mistakes)('%s: %s', (code, marked, message, hint) => {
  const { text, span } = readMarked(marked)
  const { diagnostics } = planExploration(text, languageContext)
  expect(diagnostics.filter(isError).map((one) => [one.code, one.message, one.hint])).toEqual([[code, message, hint]])
  expect(diagnostics[0]?.span).toEqual(span)
})

test('a model without semantics is said to lack them, with what to write', () => {
  const ask = (text: string) => planExploration(text, { ...languageContext, catalog: plainCatalog }).diagnostics
  expect(ask('from event\nsessions per user gap 1 hour')).toMatchObject([
    { code: 'no-event-time', hint: 'Write `semantics: { kind: event, time: at }` for `event` in the catalog.' },
  ])
  expect(ask('from user\nfunnel events.at: "a" then (name = "b")')).toMatchObject([{ code: 'no-event-name' }])
  expect(ask('from user\nfunnel events.at: (name = "a") then (name = "b")')).toEqual([])
})

test.each([
  ['sessions by somebody', 'from event\nsessions by user gap 1 hour', 'from event\nsessions per user gap 1 hour'],
  [
    'a lifecycle by the period of a column',
    'from user\nlifecycle by months(created_at) on events',
    'from user\nlifecycle by month on events',
  ],
  [
    'commas between stages, and clauses in another order',
    'from user\nfunnel events by role within 2 days any: "login", "signed_up"',
    'from user\nfunnel events any within 2 days by role: "login" then "signed_up"',
  ],
  [
    'a key that is called as a column of the step',
    'from user\nfunnel events by stage = role: "login" then "signed_up"',
    'from user\nfunnel events by stage_2 = role: "login" then "signed_up"',
  ],
  [
    'two stages of one name',
    'from user\nfunnel events: "login" then "login"',
    'from user\nfunnel events: "login" then login_2 = "login"',
  ],
])('%s is mended', (_what, written, meant) => {
  const { tree, fixes } = expectAccepted(planExploration(written, languageContext))
  expect(format({ ...tree, header: {} })).toBe(`${meant}\n`)
  expect(fixes).toHaveLength(1)
})

test.each([
  'from user\nfunnel events where platform = "web" strict within 30 minutes by role, plan = account.plan: "a b" then `my stage` = (name = "x" or name is empty) then c = "c"',
  'from account\nretention by start = week(created_at), plan, is_large = mrr > 1000 on users.events.at where name = "login" or name = "open" for 8 weeks',
  'from account\nlifecycle by week, plan on users.events where name in ("a", "b")',
  'from event\nsessions per user, on = platform gap 90 minutes',
])('%s stays as it is written', (text) => {
  const { tree, fixes } = expectAccepted(planExploration(text, languageContext))
  expect(format({ ...tree, header: {} })).toBe(`${text}\n`)
  expect(fixes).toEqual([])
})

test.each([
  [
    'from account\nretention by month(created_at), plan on users.events.at where name = "login" for 1 month',
    'cohort, plan, period, cohort_size, retained, rate',
    "Put accounts into cohorts by the month of signed up and plan; for the month in which they began and the month after, as far as they are over, count how many had users' events where name is “login”, and what share of the cohort that is",
  ],
  [
    'from user\nfunnel events where platform = "mobile" strict within 1 day by account: "login" then opened = (name = "open") then (name = "paid")',
    'stage, account, stage_number, users, share_of_first, share_of_previous, median_days',
    'Count how many users got how far through “login”, then “opened”, then name is “paid” of their events where platform is Mobile, one right after the other with nothing between, within 1 day, for each account',
  ],
  [
    'from account\nfunnel users.events any: "login" then "paid"',
    'stage, stage_number, accounts, share_of_first, share_of_previous',
    "Count how many accounts got how far through “login”, then “paid” of their users' events, in any order",
  ],
  [
    'from account\nlifecycle by quarter, country on invoices.paid_at where status = "paid"',
    'quarter, country, active, new, retained, resurrected, dormant',
    'For each full quarter and each country, count the accounts that had invoices where status is Paid: in all, for the first time, again after the quarter before, and again after a gap; and those that had any in the quarter before and none in this',
  ],
  [
    'from event\nsessions per user gap 30 minutes',
    'user, session, started_at, ended_at, events, minutes',
    'Put the events of each user into sessions, one row each: a new one starts after more than 30 minutes without any',
  ],
])('%s gives its columns and is said in plain words', (text, columns, sentence) => {
  const planned = expectAccepted(planExploration(text, languageContext))
  expect(planned.columns.map(({ name }) => name).join(', ')).toBe(columns)
  expect(planned.steps.at(-1)?.sentence).toBe(sentence)
})

test('rows that took work are worked out once for cohorts and what they did', () => {
  const follow = 'retention by month(created_at) on users.events for 3 months'
  const blocksOf = (text: string) => expectAccepted(planExploration(text, languageContext)).plan.blocks
  expect(blocksOf(`from account\nwhere owner.role = "admin"\n${follow}`)).toBeUndefined()
  expect(blocksOf(`from account\nadd n = count(users)\nwhere n > 1\n${follow}`)).toMatchObject([
    { name: 'cohort_rows', node: { op: 'filter' } },
  ])
  const twice = `block cohort_rows\nfrom account\nadd n = count(users)\n${follow}\n\nfrom block cohort_rows\nlimit 3`
  expect(blocksOf(twice)?.map(({ name }) => name)).toEqual(['cohort_rows_2', 'cohort_rows'])
})
