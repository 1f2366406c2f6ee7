import type { Random } from '../../stats/random.ts'
import type { Conversion, Conversions } from '../shapes.ts'
import type { CalmWorlds } from './calm-worlds.ts'

/** Accounts whose people enter and go on, each account with a chance of its own. */
export interface Crowd {
  readonly accounts: readonly [number, number]
  /** Entrants of the typical (median) account, and how different accounts are: the standard deviation of the logarithm. */
  readonly entrants: number
  readonly sizeSpread: number
  readonly chance: number
  /** How alike the people of one account are: correlation of two of them. */
  readonly correlation: number
  /** Large accounts convert better, where set: the chance's exponent by size. */
  readonly sizeEffect?: number
}

function drawAccount(random: Random, crowd: Crowd, chance: number): Conversion {
  const size = crowd.entrants * Math.exp(crowd.sizeSpread * random.normal())
  const entered = crowd.entrants === 1 && crowd.sizeSpread === 0 ? 1 : random.poisson(size)
  const mean = crowd.sizeEffect ? Math.min(0.9, chance * (size / crowd.entrants) ** crowd.sizeEffect) : chance
  const evidence = 1 / Math.max(1e-9, crowd.correlation) - 1
  const own = crowd.correlation > 0 ? random.beta(mean * evidence, (1 - mean) * evidence) : mean
  return { entered, converted: random.binomial(entered, own) }
}

/** Two groups of accounts; the second's chance is `factor` times the first's. */
export function simulateConversions(random: Random, crowd: Crowd, factor = 1): Conversions {
  const draw = (count: number, chance: number) =>
    Array.from({ length: count }, () => drawAccount(random, crowd, chance)).filter(({ entered }) => entered > 0)
  return {
    names: ['before', 'after'],
    first: draw(crowd.accounts[0], crowd.chance),
    second: draw(crowd.accounts[1], crowd.chance * factor),
  }
}

const plain: Crowd = { accounts: [80, 60], entrants: 8, sizeSpread: 1, chance: 0.3, correlation: 0.1 }

export const crowds: Readonly<Record<string, Crowd>> = {
  plain,
  'strangers, one an account': { ...plain, accounts: [300, 200], entrants: 1, sizeSpread: 0, correlation: 0 },
  'users of an account alike': { ...plain, correlation: 0.3 },
  'all or nothing': { ...plain, correlation: 0.85, chance: 0.2 },
  'sizes a thousandfold': { ...plain, sizeSpread: 2, correlation: 0.05 },
  'few large accounts': { ...plain, accounts: [7, 6], entrants: 200, correlation: 0.05 },
  'a small slice and the rest': { ...plain, accounts: [400, 8], sizeSpread: 1.3, correlation: 0.15 },
  'small counts': { ...plain, accounts: [15, 12], entrants: 3, chance: 0.1, correlation: 0.05 },
  'hardly anybody converts': { ...plain, accounts: [400, 300], entrants: 10, chance: 0.004, correlation: 0.02 },
  'rare and alike': { ...plain, accounts: [150, 25], entrants: 20, chance: 0.02, correlation: 0.2 },
  'large accounts convert better': { ...plain, accounts: [120, 40], sizeSpread: 1.2, chance: 0.15, sizeEffect: 0.3 },
  'very many': { ...plain, accounts: [2500, 2000], entrants: 60, correlation: 0.02 },
}

/** Accounts before and after, of which many are in both groups. */
export interface Regulars {
  /** How many are in both groups, and how many more in each of them alone. */
  readonly both: number
  readonly others: number
  readonly entrants: number
  /** Beta distribution of the accounts' own chances. */
  readonly chances: readonly [number, number]
  /** Probability that an account in both groups has the same chance in both; else another one of the same distribution. */
  readonly stays: number
}

/** Two groups of accounts, many of them in both; the second's chances are `factor` times the first's. */
export function simulateRegulars(random: Random, regulars: Regulars, factor = 1): Conversions {
  const { both, others, entrants, chances, stays } = regulars
  const [first, second]: [Conversion[], Conversion[]] = [[], []]
  for (let account = 0; account < both + 2 * others; account++) {
    const size = entrants * Math.exp(0.8 * random.normal())
    const own = random.beta(...chances)
    const later = random.uniform() < stays ? own : random.beta(...chances)
    const enter = (chance: number): Conversion => {
      const entered = 1 + random.poisson(size)
      return { entered, converted: random.binomial(entered, chance), account }
    }
    if (account < both + others) first.push(enter(own))
    if (account < both || account >= both + others) second.push(enter(later * factor))
  }
  return { names: ['before', 'after'], first, second }
}

const same: Regulars = { both: 60, others: 0, entrants: 6, chances: [1.2, 2.8], stays: 1 }

export const regulars: Readonly<Record<string, Regulars>> = {
  'the same accounts before and after': same,
  'most accounts in both groups': { ...same, both: 40, others: 15 },
  'the same accounts, half of them changed': { ...same, stays: 0.5 },
  'the same few large accounts': { ...same, both: 8, entrants: 40 },
  'the same accounts, rarely converting': { ...same, both: 30, entrants: 5, chances: [0.4, 9] },
  'the same accounts, all or nothing': { ...same, both: 40, entrants: 20, chances: [0.05, 0.15], stays: 0.9 },
}

/** Groups that convert alike. */
export const calmConversions: CalmWorlds<'conversions'> = {
  ...Object.fromEntries(
    Object.entries(crowds).map(([title, crowd]) => [title, (random: Random) => simulateConversions(random, crowd)]),
  ),
  ...Object.fromEntries(
    Object.entries(regulars).map(([title, those]) => [title, (random: Random) => simulateRegulars(random, those)]),
  ),
}
