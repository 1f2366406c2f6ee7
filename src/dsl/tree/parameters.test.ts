import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { readMarked } from '../../../tests/support/marked-source.ts'
import { expectAccepted, isError } from '../../base/diagnostic.ts'
import type { DiagnosticCode } from '../check/diagnostic-codes.ts'
import { compile } from '../compile.ts'
import type { ParameterValues } from '../exploration.ts'
import { planExploration } from '../plan/plan-exploration.ts'

const text =
  'param wanted text = "pro"\nparam least number = 10%\nparam since date = 2026-01-01\nfrom account\nwhere plan = wanted and mrr > least and created_at >= since\nshow name\n'
const run = (parameters: ParameterValues = {}) => expectAccepted(compile(text, { ...languageContext, parameters }))

test('a parameter stands for its written value, or for the one that is given, and is bound like any other', () => {
  expect(run().parameters).toEqual(['pro', 0.1, '2026-01-01T00:00:00Z'])
  const given = run({ wanted: 'enterprise', least: '-2', since: '2025-03-14' })
  expect(given.parameters).toEqual(['enterprise', -2, '2025-03-14T00:00:00Z'])
  expect(given.sql).toBe(run().sql)
})

test('the text of a run holds what was used, so that it gives the same rows again', () => {
  const given = run({ wanted: 'free', least: 7 })
  expect(given.text.split('\n').slice(1, 4)).toEqual([
    'param wanted text = "free"',
    'param least number = 7',
    'param since date = 2026-01-01',
  ])
  const again = expectAccepted(compile(given.text, languageContext))
  expect([again.sql, again.parameters, again.key]).toEqual([given.sql, given.parameters, given.key])
  expect(given.key).not.toBe(run().key)
})

test('sentences say the value and that it was given', () => {
  expect(run({ wanted: 'enterprise' }).steps[1]?.sentence).toBe(
    'Keep accounts where plan is Enterprise (the given wanted) and mrr is above 0.1 (the given least) and signed up is from 1 Jan 2026 (the given since)',
  )
})

test('a date that is given bounds what `fill` completes', () => {
  const filled =
    'param since date = 2026-07-01\nfrom account\nwhere created_at >= since\ngroup by month(created_at): n = count()\nfill month with 0'
  const { plan } = expectAccepted(planExploration(filled, languageContext))
  expect(plan.root).toMatchObject({ op: 'fill', from: '2026-07-01' })
})

test('a shown parameter is called by its name', () => {
  const { columns } = expectAccepted(compile('param x number = 3\nfrom account\nshow name, x', languageContext))
  expect(columns.map(({ name }) => name)).toEqual(['name', 'x'])
})

test.each<[DiagnosticCode, string, string, ParameterValues?]>([
  [
    'parameter-clash',
    '«param country text = "EE"»\nfrom account\nwhere country = country',
    '`country` is a parameter, and a column where it is used',
  ],
  [
    'parameter-clash',
    '«param n number = 1»\nfrom account\ngroup by plan: n = count()\nwhere n > 3',
    '`n` is a parameter, and a column where it is used',
  ],
  ['parameter-value', 'param x number = «"a"»\nfrom account\nwhere mrr > x', '`x` is a number, and its value is not'],
  [
    'parameter-value',
    '«param x date = 2025-03-14»\nfrom account\nwhere created_at > x',
    '`x` is a day, as 2025-03-14, and is given "soon"',
    { x: 'soon' },
  ],
  ['name-taken', '«param x number = 1»\nfrom account\nwhere mrr > x', 'there is already a parameter `x`'],
  ['type-mismatch', 'param x number = 3\nfrom account\nwhere «plan = x»', 'a text is compared with a number'],
  ['syntax', 'param x «money» = 3\nfrom account', ''],
])('%s in %j', (code, marked, message, parameters = {}) => {
  const { text: written, span } = readMarked(marked)
  const twice = code === 'name-taken' ? `param x number = 2\n${written}` : written
  const errors = planExploration(twice, { ...languageContext, parameters }).diagnostics.filter(isError)
  expect(errors.map((one) => one.code)).toEqual([code])
  if (message !== '') expect(errors[0]?.message).toBe(message)
  if (twice === written) expect(errors[0]?.span).toEqual(span)
})

test('a value for no parameter is refused, a parameter for no step is told', () => {
  const outcome = planExploration(text, { ...languageContext, parameters: { last: '3' } })
  expect(outcome.diagnostics).toMatchObject([
    { code: 'unknown-parameter', message: 'the exploration has no parameter `last`', candidates: ['least'] },
  ])
  const { diagnostics } = planExploration('param x number = 3\nfrom account', languageContext)
  expect(diagnostics).toMatchObject([{ code: 'parameter-unused', severity: 'warning' }])
})

test('a given value that a field does not have is told and not mended', () => {
  const { lints, fixes, parameters } = run({ wanted: 'Pro' })
  expect(lints).toMatchObject([{ code: 'unknown-value', candidates: ['pro'] }])
  expect([fixes, parameters[0]]).toEqual([[], 'Pro'])
})
