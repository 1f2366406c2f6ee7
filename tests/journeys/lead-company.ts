import { addPeriods, type Day } from '../../src/base/periods.ts'
import { createRandom, type Random } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const asOf = '2026-08-20'
const days = 400

export interface LeadPlan {
  /** What comes to orders of the signups' own ups and downs, and how many days later. */
  readonly share: number
  readonly lag: number
  /** Standard deviation of what both share on the same day, and how much of it stays until the next. */
  readonly shared?: number
  readonly memory?: number
  /** Both have so many times as much in one fortnight, orders three days later. */
  readonly fortnight?: number
  /** Signups have so many times as much on the first of each month, orders on the fifth. */
  readonly monthly?: number
}

const scatter = 0.2
const week = [0.1, 0.15, 0.15, 0.1, 0, -0.6, -0.7] as const

const drawNoise = (random: Random, memory: number): readonly number[] => {
  let state = random.normal()
  return Array.from({ length: days }, () => {
    state = memory * state + Math.sqrt(1 - memory ** 2) * random.normal()
    return state
  })
}

const catalog = `models:
  account:
    table: accounts
    key: id
    label: Account
    fields: { id: { type: number, hidden: true }, is_paid: { type: boolean }, joined_on: { type: date } }
    metrics:
      signups: { label: Signups, measure: count(), time: joined_on, good: up }
      paid_signups: { label: Paid signups, measure: count(where is_paid) / count(), time: joined_on, good: up, format: percent }
  order:
    table: orders
    key: id
    label: Order
    fields: { id: { type: number, hidden: true }, amount: { type: number }, ordered_on: { type: date } }
    metrics:
      revenue: { label: Revenue, measure: sum(amount), time: ordered_on, good: up, unit: EUR, format: money }
      average_order: { label: Average order, measure: avg(amount), time: ordered_on, unit: EUR, format: money }
`

/** A company in csv whose signups and orders each have good and bad days of their own. */
export function makeLeadCompany(seed: number, storeUrl: string, plan: LeadPlan): SmallCompany {
  const random = createRandom(seed)
  const { share, lag, shared = 0, memory = 0, fortnight = 1, monthly = 1 } = plan
  const [signups, orders, common] = [drawNoise(random, 0.2), drawNoise(random, 0.2), drawNoise(random, memory)]
  const first = addPeriods(asOf, 1 - days, 'day')
  const drawDays = (mean: number, moveOf: (at: number) => number, later: number): readonly Day[] =>
    Array.from({ length: days }, (_, at) => {
      const day = addPeriods(first, at, 'day')
      const season = week[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!
      const event = at >= 200 + later && at < 214 + later ? fortnight : 1
      const date = day.endsWith(later === 0 ? '-01' : '-05') ? monthly : 1
      const count = random.poisson(mean * event * date * Math.exp(season + moveOf(at) + shared * common[at]!))
      return Array.from({ length: count }, () => day)
    }).flat()
  const joined = drawDays(60, (at) => scatter * signups[at]!, 0)
  const ordered = drawDays(40, (at) => scatter * (orders[at]! + share * (signups[at - lag] ?? 0)), 3)
  const tables = {
    accounts: ['id,is_paid,joined_on', ...joined.map((day, at) => [at, random.uniform() < 0.3, day].join(','))],
    orders: [
      'id,amount,ordered_on',
      ...ordered.map((day, at) => [at, Math.round(40 * Math.exp(0.3 * random.normal())), day].join(',')),
    ],
  }
  return { folder: saveCompany({ name: 'leads', storeUrl, catalog, tables }), asOf }
}
