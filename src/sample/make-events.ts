import type { TableBlock } from '../base/table-block.ts'
import { actions, planFacts, platforms } from './company.ts'
import type { Account } from './make-accounts.ts'
import type { Users } from './make-users.ts'
import { createIntegerList, createNumberList } from './number-list.ts'
import type { Plot } from './plot.ts'
import { createRandom } from './random.ts'
import { dayMs, makeRhythm, pickMoment, type Rhythm } from './timeline.ts'
import { toTable } from './to-table.ts'

const rhythm: Rhythm = {
  week: [1.2, 1.25, 1.2, 1.15, 1.05, 0.5, 0.45],
  year: 0.07,
  growth: 0,
  holiday: 0.4,
  noise: 0.03,
  memory: 0.6,
}
/** Actions after the login of a session, on average. */
const actionsPerSession = 2.6
const minuteMs = 60_000

/**
 * Product events of the kept months, day by day. Each comes from a session of one user of one account, so events of an account
 * belong together: busy accounts are far busier than others, and each has quiet and busy weeks.
 */
export function makeEvents(accounts: readonly Account[], users: Users, { timeline, seed }: Plot): TableBlock {
  const random = createRandom(seed, 'events')
  const factors = makeRhythm(timeline, rhythm, createRandom(seed, 'event rhythm'))
  const accountIds = createIntegerList()
  const userIds = createIntegerList()
  const names = createIntegerList()
  const platformCodes = createIntegerList()
  const times = createNumberList()
  const moods = new Float64Array(accounts.length)
  let active: number[] = []
  let next = 0
  for (let day = 0; day < timeline.days; day++) {
    for (; next < accounts.length && (accounts[next]?.createdDay ?? 0) <= day; next++) active.push(next)
    active = active.filter((index) => (accounts[index]?.leavesOn ?? 0) > day)
    if (day < timeline.keptFrom) continue
    const isMonday = timeline.weekday(day) === 1
    for (const index of active) {
      const account = accounts[index]
      const count = users.count[index] ?? 0
      if (!account || count === 0) continue
      if (isMonday) moods[index] = 0.6 * (moods[index] ?? 0) + 0.4 * random.normal()
      const { sessions } = planFacts[account.plan] ?? planFacts[0]
      const stage = day >= account.paysFrom ? 1 : Number.isNaN(account.activatedMs) ? 0.1 : 0.7
      const mean = sessions * account.busyness * stage * Math.exp(moods[index] ?? 0) * (factors[day] ?? 1)
      for (let left = random.poisson(mean); left > 0; left--) {
        const user = (users.firstId[index] ?? 0) + Math.floor(random.next() ** 1.6 * count)
        const platform = random.pick(platforms.cumulative)
        let at = Math.max(pickMoment(timeline, day, random), account.createdMs)
        for (let name = 0, steps = 1 + random.poisson(actionsPerSession); steps > 0; steps--) {
          if (at > timeline.endMs || at >= timeline.startMs + (day + 1) * dayMs) break
          accountIds.push(account.id)
          userIds.push(user)
          names.push(name)
          platformCodes.push(platform)
          times.push(at)
          name = 1 + random.pick(actions.cumulative)
          at += Math.ceil(random.next() * 8 * 60) * 1000 + minuteMs
        }
      }
    }
  }
  const accountValues = accountIds.view()
  return toTable('events', [
    { name: 'id', kind: 'integer', values: accountValues.map((_, index) => index + 1) },
    { name: 'account_id', kind: 'integer', values: accountValues },
    { name: 'user_id', kind: 'integer', values: userIds.view() },
    { name: 'name', kind: 'text', codes: names.view(), words: ['login', ...actions.words] },
    { name: 'platform', kind: 'text', codes: platformCodes.view(), words: platforms.words },
    { name: 'at', kind: 'timestamp', values: times.view() },
  ])
}
