import type { TableBlock } from '../base/table-block.ts'
import { categories, channels, planFacts, priorities, responseHours } from './company.ts'
import type { Account } from './make-accounts.ts'
import { createIntegerList, createNumberList } from './number-list.ts'
import type { Plot } from './plot.ts'
import { createRandom } from './random.ts'
import { makeRhythm, pickMoment, type Rhythm } from './timeline.ts'
import { toTable } from './to-table.ts'

const rhythm: Rhythm = {
  week: [1.3, 1.2, 1.15, 1.1, 1, 0.35, 0.3],
  year: 0.03,
  growth: 0,
  holiday: 0.35,
  noise: 0.05,
  memory: 0.4,
}
const hourMs = 3_600_000
const roundSeconds = (ms: number) => Math.round(ms / 1000) * 1000

/** Support tickets of the kept months. Larger and busier accounts ask more; what is not yet answered has no first response. */
export function makeTickets(accounts: readonly Account[], { timeline, seed, planted }: Plot): TableBlock {
  const random = createRandom(seed, 'tickets')
  const factors = makeRhythm(timeline, rhythm, createRandom(seed, 'ticket rhythm'))
  const integration = categories.words.indexOf('integration')
  const accountIds = createIntegerList()
  const categoryCodes = createIntegerList()
  const priorityCodes = createIntegerList()
  const channelCodes = createIntegerList()
  const opened = createNumberList()
  const responded = createNumberList()
  const hours = createNumberList()
  const solved = createNumberList()
  const ratings = createNumberList()
  const known = (ms: number) => (ms <= timeline.endMs ? ms : Number.NaN)
  for (const account of accounts) {
    const isPaying = Number.isFinite(account.paysFrom)
    const { sessions } = planFacts[account.plan] ?? planFacts[0]
    const perDay = (isPaying ? 0.01 + 0.05 * sessions : 0.006) * Math.min(4, Math.sqrt(account.busyness))
    const last = Math.min(account.leavesOn, timeline.days)
    for (let day = Math.max(account.createdDay, timeline.keptFrom); day < last; day++) {
      for (let left = random.poisson(perDay * (factors[day] ?? 1)); left > 0; left--) {
        const openedMs = Math.max(pickMoment(timeline, day, random), account.createdMs)
        const category = random.pick(categories.cumulative)
        const delay = category === integration ? planted.integrationDelay(day) : 1
        const isWeekend = timeline.weekday(day) > 5
        const wait = (responseHours[category] ?? 3) * delay * (isWeekend ? 1.5 : 1) * random.logNormal(0.7)
        const priority = random.pick(priorities.cumulative)
        const channel = random.pick(channels.cumulative)
        const respondedMs = roundSeconds(openedMs + wait * hourMs)
        const solvedMs = roundSeconds(respondedMs + 9 * random.logNormal(1) * hourMs)
        const isRated = random.next() < 0.35
        const rating = Math.min(5, Math.max(1, Math.round(5.2 - 1.1 * Math.abs(random.normal()))))
        if (openedMs > timeline.endMs) continue
        accountIds.push(account.id)
        categoryCodes.push(category)
        priorityCodes.push(priority)
        channelCodes.push(channel)
        opened.push(openedMs)
        responded.push(known(respondedMs))
        hours.push(Number.isNaN(known(respondedMs)) ? Number.NaN : Math.round(wait * 100) / 100)
        solved.push(known(solvedMs))
        ratings.push(isRated && solvedMs <= timeline.endMs ? rating : Number.NaN)
      }
    }
  }
  const accountValues = accountIds.view()
  return toTable('tickets', [
    { name: 'id', kind: 'integer', values: accountValues.map((_, index) => index + 1) },
    { name: 'account_id', kind: 'integer', values: accountValues },
    { name: 'category', kind: 'text', codes: categoryCodes.view(), words: categories.words },
    { name: 'priority', kind: 'text', codes: priorityCodes.view(), words: priorities.words },
    { name: 'channel', kind: 'text', codes: channelCodes.view(), words: channels.words },
    { name: 'opened_at', kind: 'timestamp', values: opened.view() },
    { name: 'first_response_at', kind: 'timestamp', values: responded.view() },
    { name: 'first_response_hours', kind: 'number', values: hours.view() },
    { name: 'solved_at', kind: 'timestamp', values: solved.view() },
    { name: 'rating', kind: 'number', values: ratings.view() },
  ])
}
