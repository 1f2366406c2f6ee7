import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { readMarked } from '../../../tests/support/marked-source.ts'
import { isError } from '../../base/diagnostic.ts'
import type { DiagnosticCode } from '../check/diagnostic-codes.ts'
import { planExploration } from '../plan/plan-exploration.ts'

/** What is wrong with a call: code, text with the place, message. Each is the only mistake that is said. */
const mistakes: readonly (readonly [DiagnosticCode, string, string])[] = [
  ['arguments', 'from account\nadd x = split(name, «""», 1)', '`separator` is a text that is written out'],
  ['arguments', 'from account\nadd x = split(name, "-", «0»)', '`n` is a whole number from 1 to 1000'],
  ['arguments', 'from account\nadd x = bucket(mrr, 10, «5»)', 'the bounds of `bucket` grow from one to the next'],
  ['arguments', 'from account\nadd x = bucket(mrr, «mrr»)', 'a bound of `bucket` is a number that is written out'],
  ['arguments', 'from account\nadd x = «rank(mrr by name)»', '`rank` takes no `by`'],
  ['arguments', 'from account\nadd x = «row_number(mrr)»', '`row_number` takes no arguments, and has 1'],
  ['arguments', 'from account\nadd x = «sum(mrr asc)»', '`sum` does not take `asc`'],
  ['arguments', 'from account\nadd x = ntile(mrr, «0»)', 'the number of parts is a whole number from 1 to 10000'],
  [
    'arguments',
    'from account\ngroup by month(created_at), plan: n = count()\nadd x = «running_sum(n per plan)»',
    '`running_sum` goes along `month` for each of the other keys, and takes no `per` there',
  ],
  ['no-time-axis', 'from account\nadd x = «moving_avg(mrr, 3)»', '`moving_avg` needs rows of one period each'],
  [
    'no-time-axis',
    'from account\nadd x = «running_sum(mrr restart year)»',
    '`running_sum` needs rows of one period each',
  ],
  [
    'stretch-too-short',
    'from account\ngroup by month(created_at): n = count()\nadd x = «running_sum(n restart month)»',
    'rows are one month apart, so that nothing can add up within a month',
  ],
  [
    'stretch-too-long',
    'from account\ngroup by hour(created_at): n = count()\nadd x = previous(n, «2 months»)',
    'rows are one hour apart, and 2 months have no fixed number of them',
  ],
  [
    'type-mismatch',
    'from account\ngroup by month(created_at): n = max(name)\nadd x = change(«n»)',
    '`change` takes a number, and this is a text',
  ],
  [
    'duration-here',
    'from account\nadd x = «3 days - renews_on»',
    '`3 days - renews_on` is no time: a length of time is added to one, or taken off',
  ],
  [
    'duration-here',
    'from account\nadd x = «3 days + 2 days»',
    '`3 days + 2 days` is no time: a length of time is added to one, or taken off',
  ],
  [
    'type-mismatch',
    'from account\nadd x = created_at + «name» * 1 day',
    'a length of time is taken so often as a number says, and this is a text',
  ],
  ['range-too-fine', 'from account\nadd x = renews_on + mrr * «3 hours»', 'a date has no hours or minutes'],
  ['duration-here', 'from account\nadd x = mrr * «3 hours»', '`3 hours` is a length of time, not a value'],
  ['type-mismatch', 'from account\nadd x = «mrr» + 3 days', '`3 days` go to a time, and this is a number'],
  ['range-too-fine', 'from account\nadd x = renews_on + «3 hours»', 'a date has no hours or minutes'],
  ['stretch-too-long', 'from account\nadd x = renews_on + «1001 years»', '`1001 years` are more than a thousand years'],
  ['arguments', 'from account\nadd x = «end_of(hour, created_at)»', '`end_of` takes a unit from day up and a time'],
  ['type-mismatch', 'from account\nadd x = end_of(month, «name»)', '`end_of` takes a date or time, and this is a text'],
  ['pattern', 'from account\nwhere name matches «"(a"»', 'the pattern cannot be read: `(` is never closed'],
  ['pattern', 'from account\nwhere name matches «plan»', 'the pattern behind `matches` is a text that is written out'],
  ['type-mismatch', 'from account\nwhere «mrr» matches "1"', '`matches` looks into texts, and this is a number'],
]

test.each(mistakes)('%s in %j', (code, marked, message) => {
  const { text, span } = readMarked(marked)
  const errors = planExploration(text, languageContext).diagnostics.filter(isError)
  expect(errors.map((one) => [one.code, one.message])).toEqual([[code, message]])
  expect(errors[0]?.span).toEqual(span)
  expect(errors[0]?.hint ?? '').toMatch(/^$|^[A-Z`].*[.?]$/s)
})
