import type { Random } from '../../stats/random.ts'
import type { OneSample, TwoSamples } from '../shapes.ts'
import type { CalmWorlds } from './calm-worlds.ts'

/** Rows of accounts, each account with ways of its own. */
export interface Scene {
  /** Accounts in each sample; rows without accounts where undefined. */
  readonly accounts: readonly [number, number] | undefined
  /** Rows of the typical account (or of each sample), and the standard deviation of the logarithm. */
  readonly rows: number
  readonly sizeSpread: number
  /** How much of the variance of a value is that of its account, 0..1. */
  readonly likeness: number
  /** `amounts` have heavy tails, `scores` are whole numbers from 1 to 5. */
  readonly kind: 'amounts' | 'scores' | 'categories'
  /** Number of categories, the k-th 1 / k as frequent as the first. */
  readonly categories?: number
}

/** Moves values of the second sample by so many standard deviations, or makes its first category so much more frequent. */
export interface Drift {
  readonly move: number
  readonly spread?: number
}

function drawSample(random: Random, scene: Scene, which: 0 | 1, drift: Drift): OneSample {
  const [numbers, texts, units]: [number[], string[], number[]] = [[], [], []]
  const { accounts, likeness, kind, categories = 6 } = scene
  const draw = (own: number, favourite: number) => {
    const isSecond = which === 1
    if (kind === 'categories') {
      if (random.uniform() < likeness) texts.push(`c${favourite}`)
      else if (isSecond && random.uniform() < drift.move) texts.push('c1')
      else texts.push(`c${drawCategory(random, categories)}`)
      return
    }
    const plain = Math.sqrt(likeness) * own + Math.sqrt(1 - likeness) * random.normal()
    const score = isSecond ? plain * (drift.spread ?? 1) + drift.move : plain
    numbers.push(
      kind === 'scores' ? Math.max(1, Math.min(5, Math.round(3.6 + 1.1 * score))) : Math.exp(3 + 1.5 * score),
    )
  }
  const count = accounts?.[which] ?? 1
  for (let account = 0; account < count; account++) {
    const rows = accounts ? 1 + random.poisson(scene.rows * Math.exp(scene.sizeSpread * random.normal())) : scene.rows
    const [own, favourite] = [random.normal(), drawCategory(random, categories)]
    for (let row = 0; row < rows; row++) {
      if (accounts) {
        draw(own, favourite)
        units.push(account + 1_000_000 * which)
      } else draw(random.normal(), drawCategory(random, categories))
    }
  }
  const values = kind === 'categories' ? texts : Float64Array.from(numbers)
  return accounts ? { values, units: Int32Array.from(units) } : { values }
}

/** The k-th with a chance proportional to 1 / k. */
function drawCategory(random: Random, categories: number): number {
  const whole = Math.log(categories + 1)
  return Math.min(categories, Math.floor(Math.exp(random.uniform() * whole)))
}

export const simulateSamples = (random: Random, scene: Scene, drift: Drift = { move: 0 }): TwoSamples => ({
  names: ['before', 'after'],
  first: drawSample(random, scene, 0, drift),
  second: drawSample(random, scene, 1, drift),
})

const plain: Scene = { accounts: [60, 50], rows: 8, sizeSpread: 0.8, likeness: 0.3, kind: 'amounts' }

export const scenes: Readonly<Record<string, Scene>> = {
  plain,
  'single rows': { ...plain, accounts: undefined, rows: 150 },
  'few single rows, many ties': { ...plain, accounts: undefined, rows: 25, kind: 'scores' },
  'whole numbers': { ...plain, kind: 'scores' },
  'accounts much alike': { ...plain, likeness: 0.9 },
  'sizes a thousandfold': { ...plain, sizeSpread: 1.8, likeness: 0.2 },
  'few large accounts': { ...plain, accounts: [7, 6], rows: 200, sizeSpread: 0.4 },
  'a small slice and the rest': { ...plain, accounts: [150, 8], sizeSpread: 1.2 },
  categories: { ...plain, kind: 'categories' },
  'categories of single rows': { ...plain, accounts: undefined, rows: 120, kind: 'categories' },
  'many rare categories': { ...plain, kind: 'categories', categories: 60, likeness: 0.1 },
  'each account its own category': { ...plain, kind: 'categories', likeness: 0.9 },
  'very many': { ...plain, accounts: undefined, rows: 20_000 },
}

/** The same accounts in both samples, each with its own level. */
function simulateSameAccounts(random: Random): TwoSamples {
  const [first, second, units, others]: [number[], number[], number[], number[]] = [[], [], [], []]
  for (let account = 0; account < 40; account++) {
    const own = random.normal()
    for (const [values, names] of [
      [first, units],
      [second, others],
    ] as const)
      for (let row = random.poisson(6); row >= 0; row--) {
        values.push(Math.exp(own + random.normal()))
        names.push(account)
      }
  }
  return {
    names: ['before', 'after'],
    first: { values: Float64Array.from(first), units: Int32Array.from(units) },
    second: { values: Float64Array.from(second), units: Int32Array.from(others) },
  }
}

/** Samples with one distribution. */
export const calmSamples: CalmWorlds<'samples'> = {
  ...Object.fromEntries(
    Object.entries(scenes).map(([title, scene]) => [title, (random: Random) => simulateSamples(random, scene)]),
  ),
  'the same accounts before and after': simulateSameAccounts,
}
