import { addPeriods, type Day } from '../../src/base/periods.ts'
import { createRandom, type Random } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const asOf = '2026-09-30'
const end = Date.UTC(2026, 9, 1)
const dayMs = 86_400_000
const days = 300
const accountCount = 400

export interface FunnelPlan {
  /** Chance that a user of a plan who joined in the last `since` days goes on to the second stage, by so many times. */
  readonly shifted?: { readonly since: number; readonly plan?: string; readonly factor: number }
  /** Users a day, and how alike those of one account are, and those of one week: variances of the chance’s logit. */
  readonly perDay?: number
  readonly ofAccounts?: number
  readonly ofWeeks?: number
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
    semantics: { kind: other, created: joined_at }
    metrics:
      joined: { measure: count(), time: joined_at, good: up, slices: [plan], unit: users }
    funnels:
      activation:
        events: events
        stages: [project_created, { name: Large report, where: name = "report_created" and size > 10 }]
        within: 14 days
  event:
    table: events
    key: id
    label: Event
    fields:
      id: { type: number, hidden: true }
      user_id: { type: number, hidden: true }
      name: { type: text, values: { project_created: Project created, report_created: Report created } }
      size: { type: number }
      seen_at: { type: timestamp }
    relations: { user: { to: user, one: user_id } }
    semantics: { kind: event, name: name, time: seen_at }
    metrics:
      events: { measure: count(), time: seen_at, good: up }
calendar: { week_starts: monday }
`

/** What a user truly did within two weeks of joining. */
interface Joined {
  readonly day: Day
  readonly plan: string
  readonly reached: number
}

const write = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')
const chanceOf = (logit: number): number => 1 / (1 + Math.exp(-logit))

function drawUsers(random: Random, { shifted, perDay = 30, ofAccounts = 0.3, ofWeeks = 0 }: FunnelPlan) {
  const accounts = Array.from({ length: accountCount }, () => Math.sqrt(ofAccounts) * random.normal())
  const [users, events]: [string[], string[]] = [[], []]
  const truth: Joined[] = []
  let week = 0
  for (let ago = days - 1; ago >= 0; ago--) {
    if (ago % 7 === 6) week = Math.sqrt(ofWeeks) * random.normal()
    for (let count = random.poisson(perDay); count > 0; count--) {
      const [id, account] = [users.length + 1, random.integer(1, accountCount)]
      const plan = random.uniform() < 0.6 ? 'free' : 'pro'
      const begin = end - (ago + random.uniform()) * dayMs
      users.push([id, account, plan, write(begin)].join(','))
      const own = accounts[account - 1]! + week
      const isShifted = shifted !== undefined && ago < shifted.since && (shifted.plan ?? plan) === plan
      const chances = [chanceOf(0.4 + own), chanceOf(-0.4 + own) * (isShifted ? shifted.factor : 1)]
      let [at, reached] = [begin, 0]
      for (const [stage, chance] of chances.entries()) {
        if (random.uniform() > chance) break
        reached += 1
        at += Math.min(6.9, 2 * random.exponential()) * dayMs
        const [name, size] = stage === 0 ? ['project_created', 0] : ['report_created', 20]
        if (at < end) events.push([events.length + 1, id, name, size, write(at)].join(','))
      }
      truth.push({ day: write(begin).slice(0, 10), plan, reached })
      // what is no stage, and what comes too late for one
      for (const [name, later] of [
        ['report_created', 1],
        ['project_created', 20],
      ] as const)
        if (begin + later * dayMs < end)
          events.push([events.length + 1, id, name, 5, write(begin + later * dayMs)].join(','))
    }
  }
  return { users, events, truth }
}

/** A company in csv whose users make a project and then a large report within two weeks of joining, or do not; 300 days of them. */
export function makeFunnelCompany(
  seed: number,
  storeUrl: string,
  plan: FunnelPlan,
): SmallCompany & { readonly truth: readonly Joined[] } {
  const { users, events, truth } = drawUsers(createRandom(seed), plan)
  const accounts = Array.from({ length: accountCount }, (_, at) => `${at + 1},Company ${at + 1}`)
  const tables = {
    accounts: ['id,name', ...accounts],
    users: ['id,account_id,plan,joined_at', ...users],
    events: ['id,user_id,name,size,seen_at', ...events],
  }
  return { folder: saveCompany({ name: 'funnel', storeUrl, catalog, tables }), asOf, truth }
}

/** First day of those who are judged in the last four weeks: their two weeks are over. */
export const recentSince = addPeriods(asOf, 1 - 14 - 28, 'day')
