import { addPeriods, type Day, daysBetween } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const asOf = '2026-08-20'
/** The quarter is drawn to its end, so that what a goal comes to is known. */
const [first, quarter, month, end] = ['2025-09-01', '2026-07-01', '2026-08-01', '2026-10-01'] as const

export interface GoalPlan {
  /** Goals as parts of what will come: 1 is met exactly. */
  readonly quarter: number
  readonly month: number
  readonly share: number
  /** Deals a day, by how much their number differs from day to day beside chance, and how much of that stays. */
  readonly perDay?: number
  readonly scatter?: number
  readonly memory?: number
  /** Since so many days before the last one there are so many times as many deals. */
  readonly moved?: { readonly since: number; readonly factor: number }
}

interface Deal {
  readonly day: Day
  readonly amount: number
  readonly isWon: boolean
}

function drawDeals(seed: number, { perDay = 12, scatter = 0.15, memory = 0.4, moved }: GoalPlan): readonly Deal[] {
  const random = createRandom(seed)
  let noise = 0
  return Array.from({ length: daysBetween(first, end) }, (_, at) => {
    const day = addPeriods(first, at, 'day')
    noise = memory * noise + Math.sqrt(1 - memory ** 2) * scatter * random.normal()
    const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
    const factor = moved && daysBetween(day, asOf) < moved.since ? moved.factor : 1
    const mean = perDay * Math.exp(noise + 0.0008 * at) * (isWeekend ? 0.4 : 1.2) * factor
    return Array.from({ length: random.poisson(mean) }, () => ({
      day,
      amount: Math.round(100 * Math.exp(0.6 * random.normal())),
      isWon: random.uniform() < 0.3,
    }))
  }).flat()
}

function writeCatalog(deals: readonly Deal[], plan: GoalPlan): string {
  const since = (from: Day, to: Day) => deals.filter(({ day }) => day >= from && day < to)
  const ofQuarter = since(quarter, end)
  const amount = ofQuarter.reduce((sum, one) => sum + one.amount, 0)
  const won = ofQuarter.filter(({ isWon }) => isWon).length / ofQuarter.length
  const ofMonth = since(month, '2026-09-01').length
  return `models:
  deal:
    table: deals
    key: id
    label: Deal
    fields:
      id: { type: number, hidden: true }
      source: { type: text }
      amount: { type: number }
      is_won: { type: boolean }
      closed_on: { type: date }
    metrics:
      new_mrr:
        label: New MRR
        measure: sum(amount)
        time: closed_on
        good: up
        unit: EUR
        format: money
        slices: [source]
        goals: [{ value: ${plan.quarter * amount}, period: quarter }, { value: 1, period: year, from: 2027-01-01 }]
      deals: { label: Deals, measure: count(), time: closed_on, good: up, unit: deals, goals: [{ value: ${plan.month * ofMonth}, period: month }] }
      win_rate:
        label: Win rate
        measure: count(where is_won) / count()
        time: closed_on
        good: up
        format: percent
        goals: [{ value: ${plan.share * won}, period: quarter, from: 2026-01-01 }, { value: 0.9, period: quarter }]
`
}

/** A company in csv that closes deals, more in each month, and has goals for the quarter and for the month. */
export function makeGoalCompany(seed: number, storeUrl: string, plan: GoalPlan): SmallCompany {
  const deals = drawDeals(seed, plan)
  const lines = deals
    .filter(({ day }) => day <= asOf)
    .map(({ day, amount, isWon }, at) => [at + 1, at % 3 === 0 ? 'ads' : 'partner', amount, isWon, day].join(','))
  const tables = { deals: ['id,source,amount,is_won,closed_on', ...lines] }
  const folder = saveCompany({ name: 'goals', storeUrl, catalog: writeCatalog(deals, plan), tables })
  return { folder, asOf }
}
