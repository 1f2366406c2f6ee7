import type { Random } from '../../stats/random.ts'
import type { DurationSample, Durations } from '../shapes.ts'
import type { CalmWorlds } from './calm-worlds.ts'

/** Times until something happens to the members of accounts, as far as somebody watches. */
export interface Wait {
  readonly accounts: readonly [number, number]
  /** Members of an account (median), and the standard deviation of its logarithm. One each where 1 and 0. */
  readonly members: number
  readonly sizeSpread: number
  /** Variance of the hazard from account to account (gamma frailty). */
  readonly frailty: number
  /** Weibull shape: below 1 it happens early or never, above 1 it ages. */
  readonly shape: number
  /** Days that members of each group are watched, at most; the typical time is 30 days. */
  readonly watched: readonly [number, number]
  /** Share to whom it never happens. */
  readonly immune: number
  /** Times are counted in steps of so many days. */
  readonly step: number
  /** Members of the later group are of the same accounts as those of the earlier one, as far as there are as many. */
  readonly shared?: true
}

/** How fast it happens in each account. */
const drawHazards = (random: Random, { accounts, frailty }: Wait, group: 0 | 1): readonly number[] =>
  Array.from({ length: accounts[group] }, () => (frailty > 0 ? random.gamma(1 / frailty) * frailty : 1))

function drawGroup(
  random: Random,
  wait: Wait,
  group: 0 | 1,
  { hazard, owns }: { readonly hazard: number; readonly owns: readonly number[] },
): DurationSample {
  const [time, happened, units]: [number[], number[], number[]] = [[], [], []]
  for (let account = 0; account < wait.accounts[group]; account++) {
    const mean = wait.members * Math.exp(wait.sizeSpread * random.normal())
    const members = wait.members === 1 && wait.sizeSpread === 0 ? 1 : 1 + random.poisson(mean)
    const own = owns[account]!
    for (let member = 0; member < members; member++) {
      const never = random.uniform() < wait.immune
      const until = never ? Infinity : 30 * (random.exponential() / (own * hazard)) ** (1 / wait.shape)
      // members began at any time within the stretch that is watched
      const seen = wait.watched[group] * (0.1 + 0.9 * random.uniform())
      const last = Math.min(until, seen)
      time.push(wait.step > 0 ? Math.ceil(last / wait.step) * wait.step : last)
      happened.push(until <= seen ? 1 : 0)
      units.push(wait.shared ? account : account + group * 1_000_000)
    }
  }
  return {
    time: Float64Array.from(time),
    happened: Uint8Array.from(happened),
    ...(wait.members === 1 && wait.sizeSpread === 0 ? {} : { units: Int32Array.from(units) }),
  }
}

/** Two groups; what is waited for happens `hazard` times as fast in the second. */
export function simulateDurations(random: Random, wait: Wait, hazard = 1): Durations {
  const earlier = drawHazards(random, wait, 0)
  const later = wait.shared ? earlier : drawHazards(random, wait, 1)
  return {
    names: ['before', 'after'],
    first: drawGroup(random, wait, 0, { hazard: 1, owns: earlier }),
    second: drawGroup(random, wait, 1, { hazard, owns: later }),
  }
}

const plain: Wait = {
  accounts: [120, 90],
  members: 1,
  sizeSpread: 0,
  frailty: 0,
  shape: 1,
  watched: [120, 120],
  immune: 0,
  step: 0,
}
const inAccounts: Wait = { ...plain, accounts: [60, 50], members: 5, sizeSpread: 0.8, frailty: 0.5 }

export const waits: Readonly<Record<string, Wait>> = {
  plain,
  'hardly any seen': { ...plain, accounts: [400, 300], watched: [3, 3] },
  'the later group is watched for a shorter time': { ...plain, watched: [200, 25] },
  'whole weeks': { ...plain, step: 7 },
  'most never': { ...plain, immune: 0.8, shape: 0.6 },
  'few of each': { ...plain, accounts: [14, 12] },
  'a small slice and the rest': { ...plain, accounts: [400, 10] },
  'users of an account alike': inAccounts,
  'accounts much alike': { ...inAccounts, frailty: 2, shape: 0.8 },
  'sizes a thousandfold': { ...inAccounts, sizeSpread: 1.7, frailty: 0.3 },
  'few large accounts': { ...inAccounts, accounts: [7, 6], members: 60, sizeSpread: 0.5, frailty: 0.3 },
  'a small slice of accounts': { ...inAccounts, accounts: [200, 8], frailty: 0.6 },
  'the same accounts in both': { ...inAccounts, accounts: [60, 40], shared: true },
  'the same accounts, much alike': { ...inAccounts, accounts: [60, 60], frailty: 2, shared: true },
  'very many': { ...inAccounts, accounts: [1500, 1200], members: 6, step: 1, frailty: 0.2 },
}

/** Groups in which it takes as long. */
export const calmDurations: CalmWorlds<'durations'> = Object.fromEntries(
  Object.entries(waits).map(([title, wait]) => [title, (random: Random) => simulateDurations(random, wait)]),
)
