import { addPeriods, type Day } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'

const sources = { organic: 0.4, ads: 0.25, partner: 0.2, event: 0.15 } as const
const plans = { free: 0.6, pro: 0.4 } as const
const days = 300
const asOf = '2026-09-30'

export interface SmallCompany {
  /** Holds `hunch.yaml`, `catalog/` and `data/`. */
  readonly folder: string
  readonly asOf: Day
}

export interface Planted {
  /** Share of sign-ups from ads that is left from this many days before the end on. */
  readonly adsLeft?: number
  readonly lastingDays?: number
  /** Days before the end from which on ads bring as many as before. */
  readonly backSince?: number
  /** Days before the end from which on weekends are as busy as other days were, and those less so: a week has as many sign-ups. */
  readonly weekendsSince?: number
  /** Days before the end on which the table has no rows at all. */
  readonly holes?: readonly number[]
}

const catalog = `models:
  account:
    table: accounts
    key: id
    label: Account
    fields:
      id: { type: number, hidden: true }
      name: { type: text, pii: true }
      source: { type: text, label: Came from }
      plan: { type: text, values: { free: Free, pro: Pro } }
      score: { type: number }
      created_at: { type: timestamp }
    metrics:
      signups: { measure: count(), time: created_at, good: up, slices: [source, plan], unit: accounts }
      pro_share: { measure: 'count(where plan = "pro") / count()', time: created_at, good: up, slices: [source], format: percent }
      mean_score: { measure: avg(score), time: created_at, good: up, slices: [source, plan] }
calendar: { week_starts: monday }
`

function pick<T extends string>(shares: Readonly<Record<T, number>>, at: number): T {
  let left = at
  for (const [name, share] of Object.entries(shares) as [T, number][]) {
    if (left < share) return name
    left -= share
  }
  return Object.keys(shares)[0] as T
}

/** A company of one table in csv, 300 days of sign-ups with weekdays and chance, and whatever is planted in it. */
export function makeSmallCompany(
  seed: number,
  storeUrl: string,
  { adsLeft = 1, lastingDays = 20, backSince = 0, weekendsSince = 0, holes = [] }: Planted,
): SmallCompany {
  const random = createRandom(seed)
  const lines = ['id,name,source,plan,score,created_at']
  for (let ago = days; ago >= -1; ago--) {
    const day = addPeriods(asOf, -ago, 'day')
    const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
    // the day after the last full one has only begun
    const [usual, weekend] = ago < weekendsSince ? [64, 80] : [80, 40]
    const count = random.poisson((isWeekend ? weekend : usual) * (ago < 0 ? 0.1 : 1))
    for (let made = 0; made < count; made++) {
      const [source, plan] = [pick(sources, random.uniform()), pick(plans, random.uniform())]
      const score = (50 + 15 * random.normal()).toFixed(1)
      const isLost = source === 'ads' && ago < lastingDays && ago >= backSince && random.uniform() >= adsLeft
      if (isLost || holes.includes(ago)) continue
      const hour = String(random.integer(0, ago < 0 ? 2 : 23)).padStart(2, '0')
      lines.push(`${lines.length},Person ${lines.length},${source},${plan},${score},${day} ${hour}:30:00`)
    }
  }
  const tables = { accounts: lines }
  const folder = saveCompany({ name: 'small', storeUrl, catalog, tables })
  return { folder, asOf }
}
