import { addPeriods } from '../../base/periods.ts'
import type { Random } from '../../stats/random.ts'
import type { Breakdown, MeasureKind, Series } from '../shapes.ts'

/** Slices of a metric that share one life. */
export interface Slices {
  readonly count: number
  readonly length: number
  readonly kind: MeasureKind
  /** Rows a day in all slices; each slice has `falling` times the rows of the one before. */
  readonly rows: number
  readonly falling: number
  /** Noise of each slice on its own: standard deviation of its logarithm, and correlation with the day before. */
  readonly noise: number
  readonly memory: number
  /** Noise that all slices share. */
  readonly common: number
  readonly overdispersion: number
  /** A day, as a share. */
  readonly growth: number
  /** All slices are multiplied by this on the last 30 days. */
  readonly step?: number
  /** Standard deviation of the logarithm of an amount or value. */
  readonly spread?: number
}

/** Something that happens to one slice: its mean (or odds) times `factor` from a day on. */
export interface SliceEffect {
  readonly slice: number
  readonly from: number
  readonly factor: number
}

const week = [0.17, 0.2, 0.18, 0.14, 0.05, -0.5, -0.5] as const
const first = '2025-01-06'
const rate = 0.15

function createMemory(random: Random, memory: number): () => number {
  let state = random.normal()
  return () => {
    state = memory * state + random.normal() * Math.sqrt(1 - memory * memory)
    return state
  }
}

export function simulateBreakdown(random: Random, life: Slices, effect?: SliceEffect): Breakdown {
  const {
    count,
    length,
    kind,
    rows,
    falling,
    noise,
    memory,
    common,
    overdispersion,
    growth,
    step = 1,
    spread = 0.9,
  } = life
  const at = Array.from({ length }, (_, day) => addPeriods(first, day, 'day'))
  const shared = createMemory(random, memory)
  const shocks = Float64Array.from({ length }, () => common * shared())
  const total = Array.from({ length: count }, (_, k) => falling ** k).reduce((sum, x) => sum + x, 0)
  const slices = Array.from({ length: count }, (_, k) => {
    const own = createMemory(random, memory)
    const strength = 0.5 + random.uniform()
    const values = new Float64Array(length)
    const weights = new Float64Array(length)
    for (let day = 0; day < length; day++) {
      const season = strength * week[day % 7]!
      const move = shocks[day]! + noise * own() + (day >= length - 30 ? Math.log(step) : 0)
      const factor = effect && effect.slice === k && day >= effect.from ? effect.factor : 1
      const size = ((rows * falling ** k) / total) * Math.exp(season + growth * (day - length))
      const isRate = kind === 'ratio' || kind === 'mean'
      const n = random.negativeBinomial(size * (isRate ? 1 : factor * Math.exp(move)), overdispersion)
      weights[day] = n
      if (kind === 'count') values[day] = n
      else if (kind === 'ratio') {
        const odds = (rate / (1 - rate)) * Math.exp(move) * factor
        values[day] = n > 0 ? random.binomial(n, odds / (1 + odds)) / n : Number.NaN
      } else {
        let sum = 0
        for (let row = 0; row < n; row++) sum += 45 * Math.exp(spread * random.normal())
        values[day] = kind === 'amount' ? sum : n > 0 ? (sum / n) * factor * Math.exp(move) : Number.NaN
      }
    }
    const series: Series = { at, values, grain: 'day', kind, ...((kind === 'ratio' || kind === 'mean') && { weights }) }
    return { label: `slice ${k + 1}`, series }
  })
  return { field: 'slice', slices }
}

const plain: Slices = {
  count: 6,
  length: 182,
  kind: 'count',
  rows: 300,
  falling: 0.7,
  noise: 0.05,
  memory: 0,
  common: 0.1,
  overdispersion: 0.02,
  growth: 0,
}

/** Breakdowns in which all slices live alike. */
export const calmLives: Readonly<Record<string, Slices>> = {
  plain,
  'two slices': { ...plain, count: 2 },
  'many slices, very unequal': { ...plain, count: 20, rows: 600, falling: 0.75 },
  'as large as each other': { ...plain, falling: 1 },
  'shares with memory': { ...plain, memory: 0.6, noise: 0.1 },
  'a common shock with memory': { ...plain, memory: 0.6, common: 0.5, noise: 0.03 },
  'a step of all slices': { ...plain, step: 0.5 },
  growing: { ...plain, growth: 0.008 },
  'few a day': { ...plain, rows: 12, count: 4 },
  'hardly any': { ...plain, rows: 4, count: 3 },
  overdispersed: { ...plain, overdispersion: 0.3 },
  short: { ...plain, length: 91, memory: 0.3 },
  money: { ...plain, kind: 'amount', rows: 80, spread: 1.2 },
  'a rate': { ...plain, kind: 'ratio', rows: 400, memory: 0.4 },
  'a rate of few rows': { ...plain, kind: 'ratio', rows: 60, count: 4 },
  'a mean': { ...plain, kind: 'mean', rows: 120 },
}

export const calmBreakdowns = Object.fromEntries(
  Object.entries(calmLives).map(([title, life]) => [title, (random: Random) => simulateBreakdown(random, life)]),
)
