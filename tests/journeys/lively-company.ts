import { addPeriods } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const days = 300
/** A Sunday: the last week is whole. */
const asOf = '2026-09-27'
const accounts = 120
const week = [1.2, 1.3, 1.2, 1.1, 1, 0.3, 0.2] as const

export interface PlantedAccount {
  /** Its number, from 1; it has events enough to be missed. */
  readonly account: number
  readonly factor: number
  /** Days before the end from which on. */
  readonly since: number
}

const catalog = `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number, hidden: true }
      name: { type: text }
    semantics: { kind: account, name: name }
  event:
    table: events
    key: id
    fields:
      id: { type: number, hidden: true }
      account_id: { type: number, hidden: true }
      platform: { type: text }
      at: { type: timestamp }
    relations:
      account: { to: account, one: account_id }
    semantics: { kind: event, time: at }
    metrics:
      events: { label: Product events, measure: count(), time: at, good: up, slices: [platform], unit: events }
calendar: { week_starts: monday }
`

/** A company whose accounts are busy each in its own way, by a gamma distribution, and whatever is planted in some of them. */
export function makeLivelyCompany(
  seed: number,
  storeUrl: string,
  planted: readonly PlantedAccount[],
  shared: { readonly factor: number; readonly since: number } = { factor: 1, since: 0 },
): SmallCompany {
  const random = createRandom(seed)
  const names = ['id,name', ...Array.from({ length: accounts }, (_, at) => `${at + 1},Company ${at + 1}`)]
  const lines = ['id,account_id,platform,at']
  for (let account = 1; account <= accounts; account++) {
    const change = planted.find((one) => one.account === account)
    const level = change ? 9 : 2.5 * random.gamma(0.8)
    let mood = 1
    for (let ago = days; ago >= 0; ago--) {
      const day = addPeriods(asOf, -ago, 'day')
      const weekday = (new Date(day).getUTCDay() + 6) % 7
      if (weekday === 0) mood = random.gamma(12) / 12
      const factor = (change && ago < change.since ? change.factor : 1) * (ago < shared.since ? shared.factor : 1)
      const growth = Math.exp(-0.001 * ago)
      for (let left = random.poisson(level * week[weekday]! * mood * factor * growth); left > 0; left--)
        lines.push(
          `${lines.length},${account},${random.uniform() < 0.7 ? 'web' : 'mobile'},${day} ${String(random.integer(0, 23)).padStart(2, '0')}:30:00`,
        )
    }
  }
  const tables = { accounts: names, events: lines }
  const folder = saveCompany({ name: 'lively', storeUrl, catalog, tables })
  return { folder, asOf }
}
