import { addPeriods, type Day } from '../../src/base/periods.ts'
import { createRandom, type Random } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const days = 180
const asOf = '2026-09-30'

export type BusyTable = 'accounts' | 'events' | 'invoices' | 'tickets'

export interface BusyRow {
  readonly table: BusyTable
  /** Days before the last one judged. */
  readonly ago: number
  readonly day: Day
  readonly values: Readonly<Record<string, string | number>>
}

export interface PlantedRows {
  /** What becomes of a row: itself, nothing, or several. `chance` is a number in 0..1 of its own. */
  readonly edit?: (row: BusyRow, chance: number) => readonly BusyRow[]
  /** Whether the rows that one becomes have its key, as when they are loaded twice; otherwise each has one of its own. */
  readonly keepsKeys?: boolean
}

const catalog = `models:
  account:
    table: accounts
    key: id
    label: Account
    fields:
      id: { type: number, hidden: true }
      source: { type: text, label: Came from }
      plan: { type: text, values: { free: Free, pro: Pro, professional: Professional } }
      country: { type: text }
      seats: { type: number }
      created_at: { type: timestamp }
    metrics:
      signups: { measure: count(), time: created_at, good: up, slices: [source, plan, country], unit: accounts }
      seats: { measure: avg(seats), time: created_at, slices: [plan, source] }
      pro_share: { measure: 'count(where plan = "pro") / count()', time: created_at, good: up, slices: [source], format: percent }
  event:
    table: events
    key: id
    label: Event
    fields:
      id: { type: number, hidden: true }
      account_id: { type: number, hidden: true }
      kind: { type: text }
      country: { type: text }
      seconds: { type: number }
      seen_at: { type: timestamp }
    relations: { account: { to: account, one: account_id } }
    metrics:
      events: { measure: count(), time: seen_at, good: up, slices: [kind, country, account.plan] }
      seconds: { measure: avg(seconds), time: seen_at, slices: [kind, account.plan] }
      time_spent: { measure: sum(seconds), time: seen_at, slices: [kind] }
      spread: { measure: stddev(seconds), time: seen_at, slices: [kind] }
  invoice:
    table: invoices
    key: id
    label: Invoice
    fields:
      id: { type: number, hidden: true }
      account_id: { type: number, hidden: true }
      method: { type: text }
      amount: { type: number }
      issued_at: { type: timestamp }
    relations: { account: { to: account, one: account_id } }
    metrics:
      invoices: { measure: count(), time: issued_at, slices: [method] }
      revenue: { measure: sum(amount), time: issued_at, good: up, slices: [method, account.plan], unit: EUR }
  ticket:
    table: tickets
    key: id
    label: Ticket
    fields:
      id: { type: number, hidden: true }
      account_id: { type: number, hidden: true }
      topic: { type: text }
      opened_at: { type: timestamp }
    relations: { account: { to: account, one: account_id } }
    metrics:
      tickets: { measure: count(), time: opened_at, good: down, slices: [topic] }
calendar: { week_starts: monday }
`

/** Rows on a usual day, on working days twice as many as on others. */
const usual: Readonly<Record<BusyTable, number>> = { accounts: 80, events: 240, invoices: 60, tickets: 50 }

const pick = <T>({ uniform }: Random, ...shares: readonly (readonly [T, number])[]): T => {
  let left = uniform()
  for (const [value, share] of shares) {
    left -= share
    if (left < 0) return value
  }
  return shares[0]![0]
}

const drawCountry = (random: Random) => pick(random, ['EE', 0.4], ['FI', 0.35], ['DE', 0.25])

const drawers: Readonly<Record<BusyTable, (random: Random, accounts: number) => BusyRow['values']>> = {
  accounts: (random) => ({
    source: pick(random, ['organic', 0.4], ['ads', 0.25], ['partner', 0.2], ['event', 0.15]),
    plan: pick(random, ['free', 0.6], ['pro', 0.4]),
    country: drawCountry(random),
    seats: random.integer(1, 20),
  }),
  events: (random, accounts) => ({
    account_id: random.integer(1, accounts),
    kind: pick(random, ['view', 0.5], ['edit', 0.3], ['share', 0.2]),
    country: drawCountry(random),
    // as many digits as there are: sums of these depend on their order
    seconds: Math.exp(3 + random.normal() / 2),
  }),
  invoices: (random, accounts) => ({
    account_id: random.integer(1, accounts),
    method: pick(random, ['card', 0.7], ['transfer', 0.3]),
    amount: (20 + 60 * random.uniform()).toFixed(2),
  }),
  tickets: (random, accounts) => ({
    account_id: random.integer(1, accounts),
    topic: pick(random, ['bug', 0.5], ['billing', 0.3], ['how to', 0.2]),
  }),
}

const timeOf: Readonly<Record<BusyTable, string>> = {
  accounts: 'created_at',
  events: 'seen_at',
  invoices: 'issued_at',
  tickets: 'opened_at',
}

/** A company of four tables in csv that have only weekdays and chance in common, 180 days of them, and whatever is planted in their rows. */
export function makeBusyCompany(
  seed: number,
  storeUrl: string,
  { edit = (row) => [row], keepsKeys = false }: PlantedRows,
): SmallCompany {
  const tables: Record<string, readonly string[]> = {}
  for (const [place, table] of (Object.keys(usual) as BusyTable[]).entries()) {
    const random = createRandom(10 * seed + place)
    const lines: string[] = []
    let names: readonly string[] = []
    let id = 0
    for (let ago = days; ago >= 0; ago--) {
      const day = addPeriods(asOf, -ago, 'day')
      const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
      const count = random.poisson(usual[table] * (isWeekend ? 0.6 : 1.2))
      for (let made = 0; made < count; made++) {
        const values = drawers[table](random, 400)
        if (keepsKeys) id += 1
        names = Object.keys(values)
        const hour = String(random.integer(0, 23)).padStart(2, '0')
        for (const row of edit({ table, ago, day, values }, random.uniform()))
          lines.push(
            [keepsKeys ? id : lines.length + 1, ...Object.values(row.values), `${row.day} ${hour}:30:00`].join(','),
          )
      }
    }
    tables[table] = [['id', ...names, timeOf[table]].join(','), ...lines]
  }
  const folder = saveCompany({ name: 'busy', storeUrl, catalog, tables })
  return { folder, asOf }
}
