import { addPeriods } from '../../base/periods.ts'
import type { Random } from '../../stats/random.ts'
import type { Series } from '../shapes.ts'

/** What is drawn: the distribution of a day's value around its mean. */
export type Distribution =
  | 'poisson'
  | 'negative binomial'
  | 'zero inflated'
  | 'sum of lognormals'
  | 'lognormal'
  | 'binomial ratio'
  | 'mean of lognormals'
  | 'normal'

/** Daily life of a metric in which nothing happens but what is listed here. */
export interface Life {
  readonly length: number
  readonly distribution: Distribution
  /** Rows a day, on average (the level itself for `lognormal`; `normal` is around 100 with deviation 10). */
  readonly rows: number
  /** Correlation of one day with the next, and the standard deviation, of the noise that multiplies the mean (for `normal`: all of it). */
  readonly memory: number
  readonly noise: number
  /** A day, as a share. */
  readonly growth: number
  readonly isWeekly: boolean
}

/** Something that happens, to be found: the mean (or rate) times `factor` on the days [from, to), in full from `ramp` days on. */
export interface Effect {
  readonly from: number
  readonly to: number
  readonly factor: number
  readonly ramp?: number
}

const week = [1.18, 1.22, 1.2, 1.15, 1.05, 0.6, 0.6] as const
const overdispersion = 0.02
const rate = 0.12
const first = '2025-01-06'
/** Days from the first one on; a calendar is slow and they are always the same. */
const days: string[] = []

function listDays(count: number): readonly string[] {
  while (days.length < count) days.push(addPeriods(first, days.length, 'day'))
  return days.slice(0, count)
}

function readFactor(effect: Effect | undefined, at: number): number {
  if (!effect || at < effect.from || at >= effect.to) return 1
  const share = effect.ramp ? Math.min(1, (at - effect.from + 1) / effect.ramp) : 1
  return 1 + (effect.factor - 1) * share
}

function addUp(count: number, draw: () => number): number {
  let sum = 0
  for (let k = 0; k < count; k++) sum += draw()
  return sum
}

/** A series of days from Monday, 6 January 2025 on. */
export function simulateSeries(random: Random, life: Life, effect?: Effect): Series {
  const { length, distribution, memory } = life
  const values = new Float64Array(length)
  const weights =
    distribution === 'binomial ratio' || distribution === 'mean of lognormals' ? new Float64Array(length) : undefined
  let state = random.normal()
  for (let at = 0; at < length; at++) {
    state = memory * state + random.normal() * Math.sqrt(1 - memory * memory)
    const factor = readFactor(effect, at)
    const season = life.isWeekly ? week[at % 7]! : 1
    const mean = life.rows * season * Math.exp(life.growth * (at - length) + life.noise * state)
    const rows = () => random.negativeBinomial(mean * factor, overdispersion)
    if (distribution === 'poisson') values[at] = random.poisson(mean * factor)
    else if (distribution === 'negative binomial') values[at] = rows()
    else if (distribution === 'zero inflated') values[at] = random.uniform() < 0.3 ? 0 : rows()
    else if (distribution === 'sum of lognormals')
      values[at] = addUp(rows(), () => 50 * Math.exp(0.9 * random.normal()))
    else if (distribution === 'lognormal') values[at] = mean * factor * Math.exp(0.3 * random.normal())
    else if (distribution === 'normal') values[at] = (100 * factor + 10 * state) * Math.exp(life.growth * (at - length))
    else {
      const count = random.negativeBinomial(mean, overdispersion)
      weights![at] = count
      const total =
        distribution === 'binomial ratio'
          ? random.binomial(count, Math.min(1, rate * factor * Math.exp(life.noise * state)))
          : addUp(count, () => 45 * factor * Math.exp(0.9 * random.normal()))
      values[at] = count > 0 ? total / count : Number.NaN
    }
  }
  const kind =
    distribution.startsWith('sum') || distribution === 'lognormal'
      ? 'amount'
      : distribution === 'binomial ratio'
        ? 'ratio'
        : distribution.startsWith('mean') || distribution === 'normal'
          ? 'mean'
          : 'count'
  return { at: listDays(length), values, grain: 'day', kind, ...(weights && { weights }) }
}

const plain: Life = {
  length: 182,
  distribution: 'negative binomial',
  rows: 60,
  memory: 0,
  noise: 0.05,
  growth: 0,
  isWeekly: true,
}

/** Lives that a false-alarm rate is measured on: each differs from a plain one in one or two ways that break naive tests. */
export const lives: Readonly<Record<string, Life>> = {
  plain,
  poisson: { ...plain, distribution: 'poisson', noise: 0 },
  'with memory': { ...plain, memory: 0.6 },
  'mostly memory': { ...plain, distribution: 'poisson', memory: 0.6, noise: 0.1 },
  'pure memory': { ...plain, distribution: 'normal', memory: 0.6, isWeekly: false },
  'short, with memory': { ...plain, length: 60, memory: 0.6, noise: 0.1 },
  'long, with memory': { ...plain, length: 400, memory: 0.6, noise: 0.07 },
  growing: { ...plain, length: 400, memory: 0.5, growth: 0.004 },
  'few a day': { ...plain, rows: 2 },
  'few a week': { ...plain, rows: 0.3 },
  'zero inflated': { ...plain, distribution: 'zero inflated', rows: 10 },
  money: { ...plain, distribution: 'sum of lognormals', rows: 8 },
  'rare money': { ...plain, distribution: 'sum of lognormals', rows: 1.5 },
  lognormal: { ...plain, distribution: 'lognormal', memory: 0.3, noise: 0.1 },
  'share of many': { ...plain, distribution: 'binomial ratio', rows: 60 },
  'share of few, growing': { ...plain, distribution: 'binomial ratio', rows: 8, growth: 0.008 },
  'share of hardly any': { ...plain, length: 400, distribution: 'binomial ratio', rows: 1.5 },
  'mean of few': { ...plain, distribution: 'mean of lognormals', rows: 4 },
  'mean of many': { ...plain, distribution: 'mean of lognormals', rows: 40, memory: 0.4 },
}
