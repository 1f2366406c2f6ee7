import { expect, test } from 'vitest'
import { languageContext } from '../../tests/fixtures/language-catalog.ts'
import { readMarked } from '../../tests/support/marked-source.ts'
import { isError } from '../base/diagnostic.ts'
import { type DiagnosticCode, diagnosticCodes } from './check/diagnostic-codes.ts'
import { planExploration } from './plan/plan-exploration.ts'

/** Code, text with the place, and the message that stands there: each is the only mistake that is said. */
const mistakes: readonly (readonly [DiagnosticCode, string, string])[] = [
  [
    'across-rows-here',
    'from account\ngroup by month(created_at): n = sum(«previous(mrr)»)',
    '`previous` looks at other rows, which an aggregate or a related row does not have',
  ],
  ['aggregate-outside-group', 'from account\nadd x = «sum(mrr)»', '`sum(mrr)` needs many rows, and here is one'],
  ['aggregate-outside-group', 'from account\nwhere «count()» > 3', '`count()` needs many rows, and here is one'],
  ['arguments', 'from account\nadd x = «round()»', '`round` takes 1 to 2 arguments, and has 0'],
  ['arguments', 'from account\nadd x = round(mrr, «99»)', '`digits` is a whole number from 0 to 10'],
  ['arguments', 'from account\nadd x = «any(mrr > 3)»', '`any` takes a to-many relation of the row'],
  [
    'no-time-axis',
    'from account\ngroup by plan: x = «count(over 30 days)»',
    '`over` looks back from the period of a group, and this group has none',
  ],
  [
    'no-time-axis',
    'from account\ngroup by month(created_at), year(activated_at): x = «count(over 30 days)»',
    '`over` looks back from the period of a group, and this group has 2',
  ],
  [
    'stretch-too-short',
    'from event\ngroup by day(at): x = «count(over 6 hours)»',
    'periods are one day long, and 6 hours is no whole number of them',
  ],
  [
    'stretch-too-long',
    'from event\ngroup by hour(at): x = «count(over 1 month)»',
    'periods are one hour long, and 1 month have no fixed number of them',
  ],
  [
    'stretch-too-short',
    'from event\ngroup by month(at): n = count()\ngroup by month: x = «sum(n over 40 days)»',
    'periods are one month long, and 40 days is no whole number of them',
  ],
  [
    'aggregate-outside-group',
    'from event\nadd x = «count(over 30 days)»',
    '`count(over 30 days)` looks back from a period, and here is none',
  ],
  ['arguments', 'from account\nadd x = «count(users over 30 days)»', '`count` of related rows does not take `over`'],
  [
    'per-no-key',
    'from account\ngroup by plan: x = sum(mrr per «country»)',
    '`country` is no key of the group, which may hold several of it',
  ],
  [
    'per-no-key',
    'from invoice\ngroup by account.plan: x = sum(amount per «account.country»)',
    '`account.country` is no key of the group, which may hold several of it',
  ],
  ['unknown-name', 'from account\ngroup by plan: x = sum(mrr per «plam»)', 'an account has no `plam`'],
  ['syntax', 'from account\nunique «country»', '`unique` takes nothing: it looks at all columns that are shown'],
  ['arguments', 'from account\nadd x = «count(users per plan)»', '`count` of related rows does not take `per`'],
  [
    'across-rows-here',
    'from account\nadd x = max(users.id where id > «sum(id per all)»)',
    '`sum(id per all)` looks at other rows, which an aggregate or a related row does not have',
  ],
  ['arguments', 'from account\ngroup all: x = «any()»', '`any` takes one condition on the rows of the group'],
  ['arguments', 'from invoice\ngroup all: x = «percentile(amount)»', '`percentile` takes `x` and `percent`'],
  [
    'arguments',
    'from invoice\ngroup all: x = percentile(amount, «101»)',
    '`percent` of `percentile` is a number from 0 to 100, written out',
  ],
  [
    'arguments',
    'from invoice\ngroup all: x = percentile(amount, «amount»)',
    '`percent` of `percentile` is a number from 0 to 100, written out',
  ],
  ['arguments', 'from invoice\ngroup all: x = «first(status)»', '`first` does not know which row comes first'],
  ['arguments', 'from invoice\ngroup all: x = «sum(amount by paid_at)»', '`sum` does not take `by`'],
  ['arguments', 'from invoice\nadd x = «round(amount by paid_at)»', '`round` takes no `by`'],
  [
    'type-mismatch',
    'from invoice\ngroup all: x = first(amount by «status = "paid"»)',
    'rows are ordered by a number, a time or a text, and this is true or false',
  ],
  ['type-mismatch', 'from invoice\ngroup all: x = list(«amount»)', '`list` takes a text, and this is a number'],
  ['type-mismatch', 'from invoice\ngroup all: x = stddev(«status»)', '`stddev` takes a number, and this is a text'],
  [
    'to-many-in-group',
    'from account\ngroup by plan: x = «any(users where role = "admin")»',
    '`any(users where role = "admin")` leads to many rows for each row of the group',
  ],
  [
    'chart-columns',
    'from account\ngroup by plan: n = count()\n«chart line plan»',
    'a line chart needs what goes across and a measure',
  ],
  [
    'constant-key',
    'from account\ngroup by x = «"a"»: n = count()',
    'a key with one value for all rows makes no groups',
  ],
  [
    'unknown-name',
    'from account\ngroup by plan: n = count(), part = «n» / 2',
    '`n` is made in this group, and is a column only behind it',
  ],
  ['foreign-words', 'from account\nwhere id in («from» invoice show account_id)', 'a list holds values, and no steps'],
  ['duration-here', 'from account\nadd x = «3 months»', '`3 months` is a length of time, not a value'],
  ['from-first', 'from account\n«from user»', '`from` is the first step'],
  ['name-case', 'from account\n«add Plan = "x"»', '`Plan` and the column `plan` differ by case only'],
  ['name-case', 'from account\nshow plan, «name as Plan»', '`Plan` and the column `plan` differ by case only'],
  [
    'name-case',
    'from account\ngroup by plan: «PLAN = count()»\nsort PLAN',
    '`PLAN` and the column `plan` differ by case only',
  ],
  ['name-length', `from account\n«add ${'x'.repeat(70)} = 1»`, 'a name has 1 to 60 letters'],
  ['no-such-date', 'from account\nwhere created_at >= «2025-02-29»', '`2025-02-29` is not a date of the calendar'],
  [
    'no-time-axis',
    'from account\ngroup by plan: n = count()\nadd x = «previous(n)»',
    '`previous` needs rows of one period each',
  ],
  [
    'no-time-axis',
    'from account\ngroup by plan: n = count()\n«fill plan with 0»',
    '`plan` is no period that rows were grouped by',
  ],
  ['not-a-condition', 'from account\nwhere «mrr + 1»', 'a condition is true or false, and this is a number'],
  ['not-aggregated', 'from account\ngroup by plan: x = «mrr»', '`mrr` has many values in a group'],
  [
    'range',
    'from account\nwhere created_at in «this year including this»',
    '`including this` goes with `last` or `next`',
  ],
  ['range-too-fine', 'from account\nwhere «renews_on in last 3 hours»', 'a date has no hours or minutes'],
  [
    'rest-here',
    'from account\n«top 3 by mrr rest as "Other"»',
    '`rest as` stands right behind a `group by`, of which a text key holds its name',
  ],
  [
    'several-relations',
    'from account\nadd x = sum(invoices.amount - «subscriptions.mrr»)',
    '`subscriptions.mrr` and `invoices` are rows of two relations',
  ],
  [
    'step-after-end',
    'from account\nchart table\n«limit 3»',
    'nothing but `chart` follows `test`, and nothing follows `chart`',
  ],
  [
    'stretch-too-short',
    'from account\ngroup by month(created_at): n = count()\nadd x = previous(n, «3 days»)',
    'rows are one month apart, and 3 days is no whole number of them',
  ],
  ['syntax', 'from account\nwhere plan =«»', 'expected a column, a value or a function, found the end of the step'],
  ['syntax', 'from account\ngroup by plan«,» : n = count()', ''],
  ['syntax', 'from account\nlimit «many»', 'expected a whole number from 1 up, found `many`'],
  ['syntax', 'from account\nadd x = (1 + 2«»', 'expected ")", found the end of the step'],
  [
    'too-deep',
    `from account\nshow ${'owner.'.repeat(20)}plan`.replace('owner', '«owner').concat('»'),
    'a path has 21 parts; 12 is the most',
  ],
  ['type-mismatch', 'from account\nwhere «plan = 3»', 'a text is compared with a number'],
  ['type-mismatch', 'from account\nwhere plan in ("pro", «3»)', 'a text is looked for, and this is a number'],
  ['type-mismatch', 'from account\nadd x = «name» + 1', 'arithmetic takes numbers, and this is a text'],
  ['type-mismatch', 'from account\nadd x = month(«plan»)', '`month` takes a date or time, and this is a text'],
  ['type-mismatch', 'from account\nadd x = if(is_active, 1, «"no"»)', '`b` of `if` is a number, and this is a text'],
  [
    'type-mismatch',
    'from account\nadd x = when(is_active: 1, mrr > 3: «"no"»)',
    'the first case gives a number, and this is a text',
  ],
  ['type-mismatch', 'from account\ngroup all: x = avg(«name»)', '`avg` takes a number, and this is a text'],
  ['unclosed-quote', 'from account\nwhere plan = «"pro»', '" is never closed on this line'],
  ['unexpected-character', 'from account\nlimit 3 «$»', '"$" has no meaning here'],
  ['unknown-function', 'from account\nadd x = «sqare(mrr)»', 'there is no function `sqare`'],
  ['unknown-mark', 'from account\nchart «lines» name, mrr', 'there is no chart `lines`'],
  ['unknown-metric', '«from metric churn by week»', 'there is no metric `churn`'],
  ['unknown-model', '«from order»', 'there is no model `order`'],
  ['unknown-name', 'from account\nwhere «plam» = "pro"', 'an account has no `plam`'],
  ['unknown-name', 'from account\nadd x = «owner.salary»', 'a user has no `salary`'],
  [
    'unknown-name',
    'from account\ngroup by plan: n = count()\nwhere «mrr» > 3',
    '`mrr` was a column above the group, and is none behind it',
  ],
  [
    'unknown-name',
    'from user\ngroup by account: n = count()\nwhere «account.mrr» > 3',
    '`account` is a column here, which has no `mrr`',
  ],
  ['unknown-step', 'from account\n«frobnicate» plan', 'there is no step `frobnicate`'],
  ['unknown-timezone', 'timezone «Europe/Talin»\nfrom account', 'there is no time zone `Europe/Talin`'],
  ['wrong-column', 'from account\ngroup by plan: n = count()\nchart bar n, «plan»', '`plan` is not a number to draw'],
]

test.each(mistakes.filter(([, , message]) => message !== ''))('%s in %j', (code, marked, message) => {
  const { text, span } = readMarked(marked)
  const outcome = planExploration(text, languageContext)
  const errors = outcome.diagnostics.filter(isError)
  expect(errors.map((one) => [one.code, one.message])).toEqual([[code, message]])
  expect(errors[0]?.span).toEqual(span)
  expect(errors[0]?.hint ?? '').toMatch(/^$|^[A-Z`].*[.?]$/s)
})

test('a name that clashes by case is offered another', () => {
  const [error] = planExploration('from account\nadd Plan = 1', languageContext).diagnostics
  expect(error).toMatchObject({ candidates: ['Plan_2'], hint: 'Name it otherwise, as `add Plan_2 = 1`.' })
})

test('a mistake takes nothing with it that depends on it', () => {
  const text =
    'from account\nadd a = plam\nadd b = a + 1\ngroup by month(created_at): c = sum(b), d = sum(nix)\nadd e = c / previous(d)\nchart line month, e'
  const outcome = planExploration(text, languageContext)
  expect(outcome.diagnostics.filter(isError).map(({ message }) => message)).toEqual([
    'an account has no `plam`',
    'an account has no `nix`',
  ])
})

test('every line is read even when one cannot be', () => {
  const outcome = planExploration('from account\nwhere (\nlimit x\nsort )', languageContext)
  expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['syntax', 'syntax', 'syntax'])
})

test('an unknown value of a field with known values is a warning with candidates', () => {
  const outcome = planExploration('from account\nwhere plan = "enterprize"', languageContext)
  expect(outcome.ok).toBe(true)
  expect(outcome.diagnostics).toMatchObject([
    { code: 'unknown-value', severity: 'warning', candidates: ['enterprise'] },
  ])
})

test('names of what every object has are names that nothing has', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
    for (const text of [
      `from ${name}`,
      `from metric ${name}`,
      `from account\nshow ${name}`,
      `from account\nadd x = ${name}(1)`,
      `from account\nsort owner.${name}`,
    ])
      expect(planExploration(text, languageContext).ok, text).toBe(false)
})

test('every code has a sentence', () => {
  for (const [code, meaning] of Object.entries(diagnosticCodes)) {
    expect(code).toMatch(/^[a-z-]+$/)
    expect(meaning).toMatch(/\.$/)
  }
})
