import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { applyFix } from '../../base/diagnostic.ts'
import { diagnose } from '../plan/plan-exploration.ts'
import { complete } from './complete.ts'
import { hover } from './hover.ts'

/** The cursor stands at `|`. */
function completeAt(marked: string) {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '')
  return complete({ name: 'test', text }, offset, languageContext)
}
const labels = (marked: string) => completeAt(marked).map(({ label }) => label)

test('an empty text starts with `from`, a further line with any step', () => {
  expect(labels('|')).toEqual(['from metric', 'from block', 'from'])
  expect(labels('from account\n|')).toContain('group by')
  expect(labels('from account\nwh|')).toEqual(['where'])
})

test('a step of a block may read the blocks above it', () => {
  const two =
    'block paying\nfrom account\nwhere mrr > 0\n\nblock plans\nfrom block paying\ngroup by plan: n = count()\n'
  expect(labels(`${two}\nfrom block |`)).toEqual(['paying', 'plans'])
  expect(labels(`${two}append block |`)).toEqual(['paying'])
  expect(labels(`${two}join |`)).toEqual(['block'])
  expect(labels(`${two}join block paying on p|`)).toEqual(['plan'])
  expect(labels(`${two}\nblock more\n|`)).toEqual(['from metric', 'from block', 'from'])
  expect(labels('from bl|')).toEqual([])
})

test('`from` is followed by models, `from metric` by metrics', () => {
  expect(labels('from acc|')).toEqual(['account'])
  expect(labels('from metric sig|')).toEqual(['signups'])
})

test('an expression knows the columns that the steps above leave', () => {
  expect(labels('from account\nwhere pl|')).toEqual(['plan', 'plan_at', 'plan_changes'])
  expect(labels('from account\ngroup by plan: n = count()\nsort |').slice(0, 2)).toEqual(['plan', 'n'])
  expect(labels('from account\ngroup by plan: n = count()\nwhere m|')).not.toContain('mrr')
  expect(labels('from account\ngroup by plan: signu|')).toEqual(['signups()'])
})

test('a point is followed by the fields and relations of the model there, hidden ones left out', () => {
  expect(labels('from user\nwhere account.|')).toContain('plan')
  expect(labels('from user\nwhere account.|')).not.toContain('id')
  expect(labels('from event\nshow user.account.own|')).toEqual(['owner'])
})

test('a condition inside an aggregate is about the related rows', () => {
  expect(labels('from account\nadd n = count(users where ro|')).toEqual(['role', 'round'])
  expect(labels('from account\nadd n = sum(invoices.amount where pai|')).toEqual(['paid_at'])
})

test('conditions and stages of what was done are about the events', () => {
  expect(labels('from account\nretention by month(created_at) on users.events.at where pl|')).toEqual(['platform'])
  expect(labels('from account\nretention by month(cr|')).toEqual(['created_at'])
  expect(labels('from user\nlifecycle by month on ev|')).toEqual(['events'])
  expect(labels('from user\nfunnel events where platform = "|')).toEqual(['web', 'mobile'])
  expect(labels('from user\nfunnel events any within 2 days by rol|')).toEqual(['role'])
  expect(labels('from user\nfunnel events by role: "login" then (pl|')).toEqual(['platform'])
  expect(labels('from account\nfunnel invoices: paid = (status = "|')).toEqual(['paid', 'open'])
})

test('inside quotes stand the known values of the field', () => {
  expect(labels('from account\nwhere plan = "|"')).toEqual(['free', 'pro', 'enterprise'])
  expect(labels('from account\nwhere plan not in ("pro", "f|")')).toEqual(['free'])
  expect(labels('from account\nadd n = count(invoices where status = "|')).toEqual(['paid', 'open'])
})

test('`in` is followed by ranges, `chart` by its kinds', () => {
  expect(labels('from account\nwhere created_at in l|')).toEqual(['last'])
  expect(labels('from account\nchart he|')).toEqual(['heatmap'])
})

test('what is taken replaces the word so far', () => {
  expect(completeAt('from account\nwhere pl|')[0]).toMatchObject({ text: 'plan', span: { start: 19, end: 21 } })
})

test('a mistake above does not take the columns away', () => {
  expect(labels('from account\nwhere nonsense(\nwhere pl|')).toEqual(['plan', 'plan_at', 'plan_changes'])
})

function hoverAt(marked: string): string | undefined {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '')
  return hover({ name: 'test', text }, offset, languageContext)?.text
}

test('a verb is told with the sentence of its step, which is the one of the evidence page', () => {
  expect(hoverAt('from account\nwh|ere plan = "pro"\nsort mrr')).toMatchInlineSnapshot(`
    "**Keep accounts where plan is Pro**

    Keep the rows for which the condition holds; after \`group by\` it filters groups.

        where <condition>"
  `)
})

test('a function, a field and a metric are told as the reference and the catalog have them', () => {
  expect(hoverAt('from account\ngroup by month(cre|ated_at): n = count()')).toBe('**Signed up** (timestamp)')
  expect(hoverAt('from account\ngroup by mo|nth(created_at): n = count()')).toContain('month(time)')
  expect(hoverAt('from metric sig|nups by week')).toBe('**Signups**: `count()`')
  expect(hoverAt('from user\nshow account.mr|r')).toBe('**Mrr** (number, EUR)')
  expect(hoverAt('from account\nwhere 1 =| 1')).toBeUndefined()
})

test('what is wrong is told as it stands, with the fix left to the writer', () => {
  const text = 'from accounts\nshow name'
  const [first, ...others] = diagnose({ name: 'test', text }, languageContext)
  expect(first).toMatchObject({ code: 'unknown-model', fixes: [{ text: 'from account' }] })
  expect(others).toEqual([])
  expect(applyFix(text, first!.fixes[0]!)).toBe('from account\nshow name')
})
