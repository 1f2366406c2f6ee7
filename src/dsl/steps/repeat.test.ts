import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import type { Node } from '../plan/plan.ts'
import { planExploration } from '../plan/plan-exploration.ts'

const plan = (text: string) => expectAccepted(planExploration(text, languageContext))

function findRepeat(text: string): Extract<Node, { op: 'repeat' }> {
  let node: Node = plan(text).plan.root
  while (node.op !== 'repeat') {
    if (!('input' in node)) throw new Error('there is no repeat')
    node = node.input
  }
  return node
}

test('periods go up to the one of today, or at its end to the last that is over', () => {
  const reach = (at: string) => {
    const { since, until } = findRepeat(`from subscription\nrepeat every day ${at}from started_at to ended_at`)
    return [since, until]
  }
  // 9,999 days before each.
  expect(reach('')).toEqual(['1999-05-01', '2026-09-15'])
  expect(reach('at end ')).toEqual(['1999-04-30', '2026-09-14'])
})

test('no period is before 1900', () => {
  expect(findRepeat('from subscription\nrepeat every month from started_at to ended_at').since).toBe('1900-02-01')
})

test('hours of a day are those of the time zone', () => {
  const { until } = findRepeat('timezone Asia/Kolkata\nfrom account\nrepeat every hour from created_at to activated_at')
  expect(until).toBe('2026-09-15T17:30:00Z')
})

test('the column of periods is called after the unit, or as it is told', () => {
  const names = (text: string) => plan(text).columns.map(({ name }) => name)
  expect(names('from subscription\nrepeat every month from started_at to ended_at').at(-1)).toBe('month')
  expect(names('from subscription\nrepeat every month from started_at to ended_at as m').at(-1)).toBe('m')
  const twice = 'from subscription\nadd month = mrr\nrepeat every month from started_at to ended_at'
  expect(plan(twice).fixes).toEqual(['named `month_2`'])
})

test('what each period has may be added up by period, and then over periods', () => {
  const text =
    'from subscription\nrepeat every month from started_at to ended_at\ngroup by account, month: mrr = sum(mrr)\ngroup by account: paid = sum(mrr), months = count()'
  expect(plan(text).columns.map(({ name }) => name)).toEqual(['account', 'paid', 'months'])
})

test('it is said in plain words', () => {
  const text = 'from subscription\nrepeat every month at start from started_at to ended_at'
  expect(plan(text).steps.at(-1)?.sentence).toBe(
    'Make one row for each month at whose start the subscription was there, from started at to ended at; up to 15 Sep 2026, where it has not ended',
  )
})
