import { addPeriods } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const asOf = '2026-08-20'
const days = 240

export interface OrderPlan {
  /** In the last four weeks amounts are spread so many times as wide, by their logarithms, and are so many times as large. */
  readonly spread?: number
  readonly factor?: number
  /** Deviation of the logarithm of amounts between accounts, and between weeks. */
  readonly ofAccounts?: number
  readonly ofWeeks?: number
}

const catalog = `models:
  account:
    table: accounts
    key: id
    label: Account
    fields: { id: { type: number } }
    semantics: { kind: account }
  order:
    table: orders
    key: id
    label: Order
    fields:
      id: { type: number, hidden: true }
      account_id: { type: number }
      amount: { type: number }
      ordered_on: { type: date }
    relations: { account: { to: account, one: account_id } }
    metrics:
      orders: { label: Orders, measure: count(), time: ordered_on, good: up }
      revenue: { label: Revenue, measure: sum(amount), time: ordered_on, good: up, unit: EUR, format: money }
      average_order: { label: Average order, measure: avg(amount), time: ordered_on, unit: EUR, format: money }
`

/** A company in csv with 25 orders a day of 80 accounts. */
export function makeOrderCompany(seed: number, storeUrl: string, plan: OrderPlan): SmallCompany {
  const random = createRandom(seed)
  const { spread = 1, factor = 1, ofAccounts = 0.4, ofWeeks = 0 } = plan
  const accounts = Array.from({ length: 80 }, () => ofAccounts * random.normal())
  let week = 0
  const lines = Array.from({ length: days }, (_, at) => {
    const ago = days - 1 - at
    if (ago % 7 === 6 || at === 0) week = ofWeeks * random.normal()
    const isLate = ago < 28
    return Array.from({ length: random.poisson(25) }, () => {
      const account = random.integer(0, accounts.length - 1)
      const own = (isLate ? spread : 1) * 0.5 * random.normal()
      const amount = (isLate ? factor : 1) * 60 * Math.exp(accounts[account]! + week + own)
      return [account + 1, amount.toFixed(2), addPeriods(asOf, -ago, 'day')]
    })
  }).flat()
  const tables = {
    accounts: ['id', ...accounts.map((_, at) => String(at + 1))],
    orders: ['id,account_id,amount,ordered_on', ...lines.map((line, at) => [at + 1, ...line].join(','))],
  }
  return { folder: saveCompany({ name: 'orders', storeUrl, catalog, tables }), asOf }
}
