import type { TableBlock } from '../base/table-block.ts'
import { countries, failureRates, methods, planFacts, plans } from './company.ts'
import type { Account } from './make-accounts.ts'
import { createIntegerList, createNumberList, type NumberList } from './number-list.ts'
import type { Plot } from './plot.ts'
import { createRandom, type Random } from './random.ts'
import { dayMs } from './timeline.ts'
import { toTable } from './to-table.ts'

const statuses = ['paid', 'failed', 'open']
const cycles = ['monthly', 'annual']
const germany = countries.words.indexOf('DE')
const card = methods.words.indexOf('card')
const transfer = methods.words.indexOf('bank_transfer')

const makeLists = <I extends string, N extends string>(integers: readonly I[], numbers: readonly N[]) =>
  ({
    ...Object.fromEntries(integers.map((name) => [name, createIntegerList()])),
    ...Object.fromEntries(numbers.map((name) => [name, createNumberList()])),
  }) as Record<I, NumberList<Int32Array>> & Record<N, NumberList<Float64Array>>

/** Subscriptions of all accounts that ever paid, and the invoices of the kept months. */
export function makeBilling(accounts: readonly Account[], plot: Plot): readonly [TableBlock, TableBlock] {
  const { timeline, seed } = plot
  const random = createRandom(seed, 'billing')
  const subscription = makeLists(['id', 'account', 'plan', 'cycle', 'seats'], ['mrr', 'started', 'ended'])
  const invoice = makeLists(['id', 'subscription', 'account', 'method', 'status'], ['amount', 'issued', 'paid'])
  let subscriptions = 0
  let invoices = 0
  for (const account of accounts) {
    if (account.paysFrom >= timeline.days) continue
    const facts = planFacts[account.plan] ?? planFacts[0]
    const seats = Math.max(1, Math.round(facts.seats * random.logNormal(0.5)))
    const mrr = Math.round(facts.price * (0.6 + (0.4 * seats) / facts.seats) * 100) / 100
    const cycle = random.next() < facts.annual ? 1 : 0
    const method = random.pick(methods.cumulative)
    const dayMoment = Math.floor(random.next() * 86_400) * 1000
    const startedMs = timeline.startMs + account.paysFrom * dayMs + dayMoment
    if (startedMs > timeline.endMs) continue
    const endedMs = timeline.startMs + account.leavesOn * dayMs + dayMoment
    subscription.id.push(++subscriptions)
    subscription.account.push(account.id)
    subscription.plan.push(account.plan)
    subscription.cycle.push(cycle)
    subscription.seats.push(seats)
    subscription.mrr.push(mrr)
    subscription.started.push(startedMs)
    subscription.ended.push(endedMs <= timeline.endMs ? endedMs : Number.NaN)

    const amount = cycle === 1 ? Math.round(mrr * 10 * 100) / 100 : mrr
    const period = cycle === 1 ? 365 : 30.4
    for (let number = 0; ; number++) {
      const day = account.paysFrom + Math.round(number * period)
      const issuedMs = timeline.startMs + day * dayMs + dayMoment
      if (day >= account.leavesOn || issuedMs > timeline.endMs) break
      if (day < timeline.keptFrom) continue
      const { status, paidMs } = settle(account, method, day, issuedMs, plot, random)
      invoice.id.push(++invoices)
      invoice.subscription.push(subscriptions)
      invoice.account.push(account.id)
      invoice.method.push(method)
      invoice.status.push(status)
      invoice.amount.push(amount)
      invoice.issued.push(issuedMs)
      invoice.paid.push(paidMs)
    }
  }
  return [
    toTable('subscriptions', [
      { name: 'id', kind: 'integer', values: subscription.id.view() },
      { name: 'account_id', kind: 'integer', values: subscription.account.view() },
      { name: 'plan', kind: 'text', codes: subscription.plan.view(), words: plans.words },
      { name: 'billing', kind: 'text', codes: subscription.cycle.view(), words: cycles },
      { name: 'seats', kind: 'integer', values: subscription.seats.view() },
      { name: 'mrr', kind: 'number', values: subscription.mrr.view() },
      { name: 'started_at', kind: 'timestamp', values: subscription.started.view() },
      { name: 'ended_at', kind: 'timestamp', values: subscription.ended.view() },
    ]),
    toTable('invoices', [
      { name: 'id', kind: 'integer', values: invoice.id.view() },
      { name: 'subscription_id', kind: 'integer', values: invoice.subscription.view() },
      { name: 'account_id', kind: 'integer', values: invoice.account.view() },
      { name: 'method', kind: 'text', codes: invoice.method.view(), words: methods.words },
      { name: 'status', kind: 'text', codes: invoice.status.view(), words: statuses },
      { name: 'amount', kind: 'number', values: invoice.amount.view() },
      { name: 'issued_at', kind: 'timestamp', values: invoice.issued.view() },
      { name: 'paid_at', kind: 'timestamp', values: invoice.paid.view() },
    ]),
  ]
}

/** A charge succeeds or fails within seconds; a bank transfer arrives days later and is open until then. */
function settle(account: Account, method: number, day: number, issuedMs: number, plot: Plot, random: Random) {
  const chance = random.next()
  if (method === transfer) {
    const paidMs = issuedMs + Math.round((2 + 8 * chance) * 86_400) * 1000
    return paidMs <= plot.timeline.endMs ? { status: 0, paidMs } : { status: 2, paidMs: Number.NaN }
  }
  const planted = account.country === germany && method === card ? plot.planted.germanCardFailureRate(day) : undefined
  const hasFailed = chance < (planted ?? failureRates[method] ?? 0)
  return hasFailed ? { status: 1, paidMs: Number.NaN } : { status: 0, paidMs: issuedMs }
}
