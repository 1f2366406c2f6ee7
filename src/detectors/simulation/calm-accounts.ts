import { addPeriods } from '../../base/periods.ts'
import type { Random } from '../../stats/random.ts'
import type { AccountCounts } from '../shapes.ts'

/** How accounts live when nothing happens to any one of them. */
export interface Customers {
  readonly accounts: number
  readonly length: number
  readonly recent: number
  /** Events a day of a usual account, and how unequal accounts are: standard deviation of the logarithm. */
  readonly rate: number
  readonly unequal: number
  /** Days of an account differ: dispersion of its days, and noise of its weeks (standard deviation and memory of the logarithm). */
  readonly burst: number
  readonly wander: number
  readonly memory: number
  /** Degrees of freedom of the weeks' noise. */
  readonly tails?: number
  readonly growth: number
  /** All accounts, recently. */
  readonly common: number
  /** Share of accounts that begin at some time in between. */
  readonly joining: number
}

/** Something that happens to one account in the recent periods. */
export interface AccountEffect {
  readonly account: number
  readonly factor: number
}

const week = [1.2, 1.3, 1.2, 1.1, 1, 0.3, 0.2] as const
const first = '2025-01-06'

export function simulateAccounts(random: Random, life: Customers, effect?: AccountEffect): AccountCounts {
  const { accounts, length, recent, rate, unequal, burst, wander, memory, tails, growth, common, joining } = life
  const counts = Array.from({ length: accounts }, (_, account) => {
    const level = rate * Math.exp(unequal * random.normal())
    const start = random.uniform() < joining ? random.integer(0, length - 1) : 0
    const series = new Float64Array(length).fill(Number.NaN)
    let state = random.normal()
    for (let day = 0; day < length; day++) {
      if (day % 7 === 0) {
        const shock = tails ? random.studentT(tails) : random.normal()
        state = memory * state + Math.sqrt(1 - memory * memory) * shock
      }
      const isRecent = day >= length - recent
      const factor = (isRecent ? common : 1) * (isRecent && effect?.account === account ? effect.factor : 1)
      const mean = level * factor * week[day % 7]! * Math.exp(growth * (day - length) + wander * state)
      const drawn = random.negativeBinomial(Math.min(mean, 1e6), burst)
      if (day >= start) series[day] = drawn
    }
    return series
  })
  const at = Array.from({ length }, (_, day) => addPeriods(first, day, 'day'))
  return { labels: counts.map((_, k) => `account ${k + 1}`), counts, at, grain: 'day', recent }
}

const plain: Customers = {
  accounts: 60,
  length: 182,
  recent: 14,
  rate: 3,
  unequal: 1,
  burst: 0.3,
  wander: 0.2,
  memory: 0.3,
  growth: 0,
  common: 1,
  joining: 0,
}

/** Customers none of whom changed. */
export const customers: Readonly<Record<string, Customers>> = {
  plain,
  'one event at a time': { ...plain, burst: 0, wander: 0 },
  'sizes a thousandfold': { ...plain, unequal: 2 },
  'hardly any events': { ...plain, rate: 0.05, accounts: 150 },
  'in bursts': { ...plain, burst: 6, rate: 1 },
  'levels that wander': { ...plain, wander: 0.5, memory: 0.9 },
  'weeks with heavy tails': { ...plain, wander: 0.25, tails: 8, memory: 0 },
  'all lose half': { ...plain, common: 0.5 },
  'all grow': { ...plain, growth: 0.01 },
  'new ones join': { ...plain, joining: 0.5, accounts: 100 },
  'a dozen accounts': { ...plain, accounts: 12 },
  'four weeks': { ...plain, recent: 28, length: 140 },
  'hundreds of accounts': { ...plain, accounts: 400, rate: 0.6, unequal: 1.5 },
}

export const calmAccounts = Object.fromEntries(
  Object.entries(customers).map(([title, life]) => [title, (random: Random) => simulateAccounts(random, life)]),
)
