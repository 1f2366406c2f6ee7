import { countries, industries, planFacts, plans, sources } from './company.ts'
import type { Plot } from './plot.ts'
import { createRandom } from './random.ts'
import { makeRhythm, pickMoment, type Rhythm } from './timeline.ts'

/** One customer with what the other tables need to know of it; codes are indexes into the lists of `company.ts`. */
export interface Account {
  readonly id: number
  readonly createdMs: number
  readonly createdDay: number
  readonly source: number
  readonly country: number
  readonly industry: number
  readonly plan: number
  readonly employees: number
  /** First project; NaN when it never came to that. */
  readonly activatedMs: number
  /** Day on which it began to pay, and on which it left; infinite when it did not. */
  readonly paysFrom: number
  readonly leavesOn: number
  /** How busy it is against others of its plan; heavy to the right. */
  readonly busyness: number
}

const signupRhythm: Rhythm = {
  week: [1.15, 1.2, 1.15, 1.1, 1, 0.65, 0.7],
  year: 0.06,
  growth: 0.15,
  holiday: 0.55,
  noise: 0.04,
  memory: 0.5,
}
const signupsPerDay = 60
const trialDays = 14

export function makeAccounts({ timeline, seed, planted }: Plot): readonly Account[] {
  const random = createRandom(seed, 'accounts')
  const rhythm = makeRhythm(timeline, signupRhythm, createRandom(seed, 'signup rhythm'))
  const flat: Rhythm = { week: [], year: 0, growth: 0, holiday: 1, noise: 0.04, memory: 0.5 }
  const moods = sources.words.map((source) => makeRhythm(timeline, flat, createRandom(seed, `signups from ${source}`)))
  const total = sources.cumulative[sources.cumulative.length - 1] ?? 1
  const accounts: Account[] = []
  for (let day = 0; day < timeline.days; day++) {
    for (let source = 0; source < sources.words.length; source++) {
      const share = ((sources.cumulative[source] ?? 0) - (sources.cumulative[source - 1] ?? 0)) / total
      const change = sources.words[source] === 'paid_search' ? planted.signupFactor(day) : 1
      const mean = signupsPerDay * share * (rhythm[day] ?? 1) * (moods[source]?.[day] ?? 1) * change
      for (let left = random.poisson(mean); left > 0; left--) {
        const createdMs = pickMoment(timeline, day, random)
        const account = makeAccount(accounts.length + 1, createdMs, day, source, random)
        const activatedMs = account.activatedMs <= timeline.endMs ? account.activatedMs : Number.NaN
        if (createdMs <= timeline.endMs) accounts.push({ ...account, activatedMs })
      }
    }
  }
  return accounts
}

function makeAccount(
  id: number,
  createdMs: number,
  createdDay: number,
  source: number,
  random: ReturnType<typeof createRandom>,
): Account {
  const plan = random.pick(plans.cumulative)
  const { monthlyChurn, seats } = planFacts[plan] ?? planFacts[0]
  const isActivated = random.next() < 0.58
  const minutes = Math.min(300, 4 + 20 * random.logNormal(1))
  const isPaying = isActivated && random.next() < 0.42
  const paysFrom = isPaying ? createdDay + Math.floor(trialDays * random.next()) + 1 : Number.POSITIVE_INFINITY
  const months = -Math.log(1 - random.next()) / monthlyChurn
  return {
    id,
    createdMs,
    createdDay,
    source,
    country: random.pick(countries.cumulative),
    industry: random.pick(industries.cumulative),
    plan,
    employees: Math.max(1, Math.round(seats * 2 * random.logNormal(0.9))),
    activatedMs: isActivated ? createdMs + Math.round(minutes * 60) * 1000 : Number.NaN,
    paysFrom,
    leavesOn: isPaying ? paysFrom + Math.ceil(months * 30.4) : createdDay + trialDays,
    busyness: random.logNormal(0.9) / Math.exp(0.9 ** 2 / 2),
  }
}
