import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted, isError } from '../../base/diagnostic.ts'
import { planExploration } from '../plan/plan-exploration.ts'
import { functionFamilies } from './index.ts'

const describeLast = (text: string) => expectAccepted(planExploration(text, languageContext)).steps.at(-1)?.sentence

const aggregates = functionFamilies.flatMap(({ functions }) => functions).filter(({ kind }) => kind === 'aggregate')

test.each(aggregates)('the example of `$name` holds over some model of the sample catalog', ({ example }) => {
  const outcomes = Object.keys(languageContext.catalog.models).map((model) =>
    planExploration(`from ${model}\ngroup all: x = ${example}`, languageContext),
  )
  expect(outcomes.some((outcome) => outcome.ok && !outcome.diagnostics.some(isError))).toBe(true)
})

test('aggregates are said in plain words', () => {
  expect(
    describeLast(
      'from invoice\ngroup by status: a = percentile(amount, 90), b = percentile(amount, 1), c = stddev(amount), d = variance(amount), e = first(account.plan by paid_at), f = last(amount by paid_at where status = "paid"), g = mode(status), h = list(status), i = weighted_avg(amount, account.mrr), j = correlation(amount, account.mrr), k = share(status = "paid"), l = any(status = "paid"), m = all(amount > 3), n = none(amount > 3 where status = "open"), o = percentile(amount, 12), p = percentile(amount, 22.5)',
    )?.replaceAll('; ', '\n'),
  ).toMatchInlineSnapshot(`
    "For each status, work out a: the 90th percentile of amount
    b: the 1st percentile of amount
    c: the standard deviation of amount
    d: the variance of amount
    e: the first account's plan by paid at
    f: the last amount by paid at where status is Paid
    g: the most frequent status
    h: a list of the different values of status
    i: the average amount, weighted by account's mrr
    j: the correlation of amount and account's mrr
    k: the share where status is Paid
    l: any of the invoices meet: status is Paid
    m: all of the invoices meet: amount is above 3
    n: none of the invoices where status is Open meet: amount is above 3
    o: the 12th percentile of amount
    p: the 22.5th percentile of amount"
  `)
  expect(
    [
      'add a = percentile(invoices.amount, 90)',
      'add a = last(invoices.status by paid_at)',
      'add a = mode(invoices.status)',
      'add a = share(invoices.status = "paid")',
      'add a = any(invoices.status = "paid")',
      'add a = weighted_avg(invoices.amount, invoices.amount)',
    ]
      .map((step) => describeLast(`from account\n${step}`))
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "For each account, work out a: the 90th percentile of its invoices' amount
    For each account, work out a: the last of its invoices' status by paid at
    For each account, work out a: the most frequent of its invoices' status
    For each account, work out a: the share where invoices' status is “paid”
    For each account, work out a: any of its invoices meet: invoices' status is “paid”
    For each account, work out a: the average of its invoices' amount, weighted by invoices' amount"
  `)
})

test('what an aggregate looks at beyond its group is said', () => {
  expect(
    [
      'group by account.country, status: a = sum(amount per all), b = avg(amount where status = "paid" per country), c = any(status = "paid" per country)',
      'add share = amount / sum(amount per account)',
    ].map((step) => describeLast(`from invoice\n${step}`)),
  ).toMatchInlineSnapshot(`
    [
      "For each account's country and status, work out a: the total amount over all invoices; b: the average amount where status is Paid per country; c: any of the invoices per country meet: status is Paid",
      "For each invoice, work out share: amount ÷ the total amount per account",
    ]
  `)
})
