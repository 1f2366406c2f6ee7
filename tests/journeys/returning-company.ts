import { createRandom, type Random } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const asOf = '2026-09-30'
const end = Date.UTC(2026, 9, 1)
const [dayMs, hourMs] = [86_400_000, 3_600_000]
const days = 300

/** What happens to some of those who begin in the last `since` days. */
export interface PlantedChange {
  readonly since: number
  readonly value: string
  readonly factor: number
}

export interface ReturningPlan {
  /** Of users of a plan: how much more or less often they come back. */
  readonly retention?: PlantedChange
  /** Of tickets of a topic: how much longer they take. */
  readonly waits?: PlantedChange
  /** Days before the last one on which the events begin to be kept. */
  readonly eventDays?: number
}

const catalog = `models:
  account:
    table: accounts
    key: id
    label: Account
    fields:
      id: { type: number, hidden: true }
      name: { type: text }
    semantics: { kind: account, name: name }
  user:
    table: users
    key: id
    label: User
    fields:
      id: { type: number, hidden: true }
      account_id: { type: number, hidden: true }
      plan: { type: text }
      joined_at: { type: timestamp }
    relations:
      account: { to: account, one: account_id }
      events: { to: event, many: user_id }
    semantics: { kind: user, created: joined_at }
    metrics:
      joined: { measure: count(), time: joined_at, good: up, slices: [plan], unit: users }
  event:
    table: events
    key: id
    label: Event
    fields:
      id: { type: number, hidden: true }
      user_id: { type: number, hidden: true }
      seen_at: { type: timestamp }
    relations: { user: { to: user, one: user_id } }
    semantics: { kind: event, time: seen_at }
    metrics:
      events: { measure: count(), time: seen_at, good: up }
  ticket:
    table: tickets
    key: id
    label: Ticket
    fields:
      id: { type: number, hidden: true }
      account_id: { type: number, hidden: true }
      topic: { type: text }
      opened_at: { type: timestamp }
      solved_at: { type: timestamp }
    relations: { account: { to: account, one: account_id } }
    semantics: { kind: ticket, created: opened_at }
    metrics:
      tickets: { measure: count(), time: opened_at, slices: [topic] }
      time_to_solve: { label: Time to solve, measure: 'median(hours_between(opened_at, solved_at))', time: opened_at, good: down, slices: [topic], unit: hours, format: duration }
calendar: { week_starts: monday }
`

const write = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

const accountCount = 300
const usual = { users: 40, tickets: 30 }
/** Weeks in which a user may come back, and how often one does in the first of them. */
const [weeks, firstRate, staying] = [16, 0.5, 0.9]
/** Hours that a ticket usually takes. */
const usualHours = 40

const factorOf = (planted: PlantedChange | undefined, ago: number, value: string): number =>
  planted !== undefined && ago < planted.since && planted.value === value ? planted.factor : 1

const drawBegin = (random: Random, ago: number) => end - (ago + random.uniform()) * dayMs

function drawUsers(random: Random, { retention, eventDays = days }: ReturningPlan) {
  const [users, events]: [string[], string[]] = [[], []]
  for (let ago = days - 1; ago >= 0; ago--)
    for (let count = random.poisson(usual.users); count > 0; count--) {
      const id = users.length + 1
      const plan = random.uniform() < 0.6 ? 'free' : 'pro'
      const begin = drawBegin(random, ago)
      users.push([id, random.integer(1, accountCount), plan, write(begin)].join(','))
      for (let week = 0; week < weeks; week++) {
        const rate = firstRate * staying ** week * (week === 0 ? 1 : factorOf(retention, ago, plan))
        const at = begin + (7 * week + 7 * random.uniform()) * dayMs
        if (random.uniform() > rate || at >= end || at < end - eventDays * dayMs) continue
        events.push([events.length + 1, id, write(at)].join(','))
      }
    }
  return { users, events }
}

function drawTickets(random: Random, { waits }: ReturningPlan) {
  const tickets: string[] = []
  for (let ago = days - 1; ago >= 0; ago--)
    for (let count = random.poisson(usual.tickets); count > 0; count--) {
      const topic = random.uniform() < 0.3 ? 'billing' : 'bug'
      const begin = drawBegin(random, ago)
      const solved = begin + random.exponential() * usualHours * factorOf(waits, ago, topic) * hourMs
      const account = random.integer(1, accountCount)
      tickets.push([tickets.length + 1, account, topic, write(begin), solved < end ? write(solved) : ''].join(','))
    }
  return tickets
}

/** A company in csv whose users come back less and less often, and whose tickets take their time, 300 days of them; and what is planted in both. */
export function makeReturningCompany(seed: number, storeUrl: string, plan: ReturningPlan): SmallCompany {
  const random = createRandom(seed)
  const { users, events } = drawUsers(random, plan)
  const accounts = Array.from({ length: accountCount }, (_, at) => `${at + 1},Company ${at + 1}`)
  const tables = {
    accounts: ['id,name', ...accounts],
    users: ['id,account_id,plan,joined_at', ...users],
    events: ['id,user_id,seen_at', ...events],
    tickets: ['id,account_id,topic,opened_at,solved_at', ...drawTickets(random, plan)],
  }
  const folder = saveCompany({ name: 'returning', storeUrl, catalog, tables })
  return { folder, asOf }
}
