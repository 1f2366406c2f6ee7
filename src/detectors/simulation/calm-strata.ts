import type { Random } from '../../stats/random.ts'
import type { Conversion, Strata } from '../shapes.ts'
import type { CalmWorlds } from './calm-worlds.ts'

/** Accounts of several plans and sizes, exposed to something with one chance and converting with another, by stratum. */
export interface Market {
  readonly strata: number
  /** Accounts of a stratum, on average. */
  readonly accounts: number
  /** Chance of exposure and of the outcome in the first stratum and in the last; those between are in between. */
  readonly exposed: readonly [number, number]
  readonly outcome: readonly [number, number]
}

/** Accounts whose chance of the outcome is `factor` times as large where they are exposed, within each stratum. */
export function simulateStrata(random: Random, market: Market, factor = 1): Strata {
  const draw = (entered: number, chance: number): Conversion => ({
    entered,
    converted: random.binomial(entered, Math.min(1, chance)),
  })
  const strata = Array.from({ length: market.strata }, (_, at) => {
    const part = market.strata > 1 ? at / (market.strata - 1) : 0
    const between = ([first, last]: readonly [number, number]) => first + (last - first) * part
    const total = random.poisson(market.accounts)
    const exposed = random.binomial(total, between(market.exposed))
    return {
      label: `stratum ${at + 1}`,
      exposed: draw(exposed, between(market.outcome) * factor),
      unexposed: draw(total - exposed, between(market.outcome)),
    }
  })
  return { names: { exposed: 'used exports', unexposed: 'did not', outcome: 'renewed' }, strata }
}

const plain: Market = { strata: 6, accounts: 60, exposed: [0.4, 0.5], outcome: [0.3, 0.4] }

export const markets: Readonly<Record<string, Market>> = {
  plain,
  'exposure goes with plan and size': { ...plain, accounts: 80, exposed: [0.1, 0.8], outcome: [0.05, 0.6] },
  'exposure goes against them': { ...plain, accounts: 80, exposed: [0.8, 0.1], outcome: [0.1, 0.7] },
  'many small strata': { ...plain, strata: 70, accounts: 4, exposed: [0.2, 0.7], outcome: [0.1, 0.6] },
  'few accounts': { ...plain, strata: 3, accounts: 12 },
  'rare outcome': { ...plain, accounts: 250, exposed: [0.1, 0.4], outcome: [0.005, 0.03] },
  'rare exposure': { ...plain, accounts: 250, exposed: [0.03, 0.06], outcome: [0.1, 0.5] },
  'two strata': { ...plain, strata: 2, accounts: 50 },
  'very many': { strata: 5, accounts: 30_000, exposed: [0.1, 0.6], outcome: [0.2, 0.4] },
}

/** Strata within which exposure and outcome have nothing to do with each other, whatever they have between them. */
export const calmStrata: CalmWorlds<'strata'> = Object.fromEntries(
  Object.entries(markets).map(([title, market]) => [title, (random: Random) => simulateStrata(random, market)]),
)
