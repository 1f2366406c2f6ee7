import { createRandom, type Random } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const asOf = '2026-09-30'
const end = Date.UTC(2026, 9, 1)
const dayMs = 86_400_000
const days = 320
const [firstDays, lastDay] = [14, 45]

export interface BehaviourPlan {
  /** Whether accounts begin and come back themselves, or only the users in them. */
  readonly of?: 'accounts' | 'users'
  /** Share of those who made no export in their first days that does nothing more after them. */
  readonly lostWithout?: number
  /** How alike users of an account are in how busy they are, what they do and whether they stay: a variance of logarithms. */
  readonly ofAccounts?: number
  readonly perDay?: number
}

const names = ['login', 'project_created', 'report_created', 'comment_added', 'export_run', 'invite_sent'] as const
const shares = [3, 0.6, 1, 1, 0.4, 0.3]

const writeCatalog = (of: 'accounts' | 'users'): string => `models:
  account:
    table: accounts
    key: id
    label: Account
    fields:
      id: { type: number, hidden: true }
      plan: { type: text }
      created_at: { type: timestamp }
    semantics: { kind: account${of === 'accounts' ? ', created: created_at' : ''} }
    relations: { users: { to: user, many: account_id } }
    metrics:
      signups: { measure: count(), time: created_at, good: up, slices: [plan] }
  user:
    table: users
    key: id
    label: User
    fields:
      id: { type: number, hidden: true }
      account_id: { type: number, hidden: true }
      created_at: { type: timestamp }
    relations:
      account: { to: account, one: account_id }
      events: { to: event, many: user_id }
    semantics: { kind: user, created: created_at }
    metrics:
      joined: { measure: count(), time: created_at, good: up, slices: [account.plan], unit: users }
  event:
    table: events
    key: id
    label: Event
    fields:
      id: { type: number, hidden: true }
      user_id: { type: number, hidden: true }
      name: { type: text, label: Event, values: { export_run: Export run } }
      at: { type: timestamp }
    relations: { user: { to: user, one: user_id } }
    semantics: { kind: event, name: name, time: at }
    metrics:
      events: { measure: count(), time: at, good: up, slices: [name] }
calendar: { week_starts: monday }
`

/** What a user truly did: in the first days, and whether it came back after them. */
export interface TrueUser {
  readonly id: number
  readonly account: number
  readonly began: number
  readonly first: readonly string[]
  readonly cameBack: boolean
}

const write = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

/** How an account's users are: how busy, what they like to do, how likely to leave. */
interface Ways {
  readonly busy: number
  readonly leaves: number
  readonly cumulative: readonly number[]
}

function drawWays(random: Random, spread: number): Ways {
  const tastes = shares.map((share) => share * Math.exp(0.7 * Math.sqrt(spread) * random.normal()))
  let sum = 0
  const cumulative = tastes.map((taste) => (sum += taste))
  return { busy: Math.sqrt(spread) * random.normal(), leaves: Math.sqrt(spread) * random.normal(), cumulative }
}

const pick = (random: Random, cumulative: readonly number[]): string => {
  const at = random.uniform() * cumulative.at(-1)!
  return names[cumulative.findIndex((one) => at < one)]!
}

/** What one user does from its beginning on, session by session, until it leaves; busier ones leave later. */
function drawUser(random: Random, ways: Ways, lostWithout: number) {
  const log = ways.busy + 0.8 * random.normal()
  const perDay = 0.35 * Math.exp(log)
  let leaves = random.exponential() / (0.03 * Math.exp(ways.leaves - 0.5 * log))
  const done: { readonly after: number; readonly name: string }[] = []
  let isFirst = true
  for (let after = 0; after < lastDay + 30; after += random.exponential() / perDay) {
    if (isFirst && after >= firstDays) {
      isFirst = false
      const isWithout = !done.some(({ name, after: at }) => name === 'export_run' && at < firstDays)
      if (isWithout && random.uniform() < lostWithout) leaves = firstDays
    }
    if (after >= leaves) break
    for (let left = 1 + random.poisson(1.5), at = after; left > 0; left -= 1, at += 0.002)
      done.push({ after: at, name: pick(random, ways.cumulative) })
  }
  return done
}

/** A company in csv whose users do several things and leave sooner or later, whatever they did; or at once after the first days where they made no export in them. */
export function makeBehaviourCompany(
  seed: number,
  storeUrl: string,
  { of = 'users', lostWithout = 0, ofAccounts = 0.5, perDay = 10 }: BehaviourPlan,
): SmallCompany & { readonly truth: readonly TrueUser[] } {
  const random = createRandom(seed)
  const truth: TrueUser[] = []
  const [accounts, users, events]: [string[], string[], string[]] = [[], [], []]
  for (let ago = days - 1; ago >= 0; ago--) {
    for (let count = random.poisson(perDay); count > 0; count--) {
      const began = end - (ago + random.uniform()) * dayMs
      const account = accounts.length + 1
      const plan = random.uniform() < 0.6 ? 'free' : 'pro'
      accounts.push([account, plan, write(began)].join(','))
      const ways = drawWays(random, ofAccounts)
      for (let own = 1 + random.poisson(plan === 'pro' ? 2 : 0.5); own > 0; own--) {
        const id = users.length + 1
        // those of an account join together
        const joined = Math.floor(Math.min(end - 1000, began + random.uniform() * 3 * dayMs) / 1000) * 1000
        users.push([id, account, write(joined)].join(','))
        const done = drawUser(random, ways, lostWithout)
        for (const { after, name } of done)
          if (joined + after * dayMs < end)
            events.push([events.length + 1, id, name, write(joined + after * dayMs)].join(','))
        const first = done.filter(({ after }) => after < firstDays).map(({ name }) => name)
        const cameBack = done.some(({ after }) => after >= firstDays && after < lastDay)
        truth.push({ id, account, began: joined, first: [...new Set(first)], cameBack })
      }
    }
  }
  const tables = {
    accounts: ['id,plan,created_at', ...accounts],
    users: ['id,account_id,created_at', ...users],
    events: ['id,user_id,name,at', ...events],
  }
  return { folder: saveCompany({ name: 'behaviour', storeUrl, catalog: writeCatalog(of), tables }), asOf, truth }
}
