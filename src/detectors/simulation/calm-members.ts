import type { Random } from '../../stats/random.ts'
import type { CrossSection, MeasureKind } from '../shapes.ts'

/** How members are drawn, none of which stands out. */
export interface Crowd {
  readonly members: number
  readonly kind: MeasureKind
  /** Rows a member, on average, and how unequal: standard deviation of their logarithm. */
  readonly rows: number
  readonly unequal: number
  /** Standard deviation between members on the scale of the kind, and degrees of freedom of its tails. */
  readonly between: number
  readonly tails?: number
  /** Members climb in even steps of `between`: all different, none apart. */
  readonly isLadder?: boolean
  /** Chance of a share, rate of a count a row. */
  readonly rate?: number
  /** Standard deviation of the logarithm of a row's value. */
  readonly spread?: number
  readonly hasDeviations?: boolean
}

/** One member multiplied (in its odds, for shares) by `factor`. */
export interface Standout {
  readonly at: number
  readonly factor: number
}

interface Drawn {
  readonly value: number
  readonly deviation: number
}

function drawRows(random: Random, count: number, level: number, spread: number): Drawn {
  let [sum, square] = [0, 0]
  for (let row = 0; row < count; row++) {
    const x = level * Math.exp(spread * random.normal() - (spread * spread) / 2)
    sum += x
    square += x * x
  }
  const value = sum / count
  return { value, deviation: Math.sqrt(Math.max(0, (square - count * value * value) / Math.max(1, count - 1))) }
}

export function simulateMembers(random: Random, crowd: Crowd, standout?: Standout): CrossSection {
  const { members, kind, rows, unequal, between, tails, isLadder, rate = 0.15, spread = 0.9 } = crowd
  const values = new Float64Array(members)
  const weights = new Float64Array(members)
  const deviations = new Float64Array(members)
  for (let at = 0; at < members; at++) {
    const size = Math.max(2, Math.round(rows * Math.exp(unequal * random.normal() - (unequal * unequal) / 2)))
    const own = between * (isLadder ? at : tails ? random.studentT(tails) : random.normal())
    const level = Math.exp(own) * (standout?.at === at ? standout.factor : 1)
    weights[at] = size
    if (kind === 'count') values[at] = random.poisson(rate * size * level)
    else if (kind === 'ratio') {
      const odds = (rate / (1 - rate)) * level
      values[at] = random.binomial(size, odds / (1 + odds)) / size
    } else {
      const { value, deviation } = drawRows(random, size, 40 * level, spread)
      values[at] = kind === 'amount' ? value * size : value
      deviations[at] = deviation
    }
  }
  const labels = Array.from({ length: members }, (_, at) => `member ${at + 1}`)
  return { labels, kind, values, weights, ...(crowd.hasDeviations && { deviations }) }
}

const shares: Crowd = { members: 30, kind: 'ratio', rows: 200, unequal: 1, between: 0 }
const counts: Crowd = { members: 30, kind: 'count', rows: 100, unequal: 1, between: 0 }
const means: Crowd = { members: 30, kind: 'mean', rows: 40, unequal: 0.7, between: 0.15 }
const fewMeans: Crowd = { ...means, members: 4, rows: 125, unequal: 0.3, between: 0, hasDeviations: true }

/** Crowds that a false-alarm rate is measured on. */
export const crowds: Readonly<Record<string, Crowd>> = {
  'shares, all alike': shares,
  'shares that differ': { ...shares, between: 0.4 },
  'shares that differ, heavy tails': { ...shares, members: 60, between: 0.3, tails: 8 },
  'shares of few rows': { ...shares, rows: 12, between: 0.3, members: 80 },
  'rare shares': { ...shares, rate: 0.01, members: 50 },
  'four shares': { ...shares, members: 4, rows: 125, unequal: 0.5 },
  'six shares, a little different': { ...shares, members: 6, rows: 80, between: 0.05 },
  'four shares, in even steps': { ...shares, members: 4, rows: 4000, unequal: 0.3, between: 0.3, isLadder: true },
  'counts, all alike': counts,
  'counts that differ': { ...counts, between: 0.5, members: 25 },
  'counts of hardly any': { ...counts, rows: 8, between: 0.5, members: 60 },
  'hundreds of counts, heavy tails': { ...counts, members: 400, between: 0.4, tails: 8 },
  'five counts': { ...counts, members: 5, rows: 700, unequal: 0 },
  'eight counts that differ': { ...counts, members: 8, between: 0.6 },
  'means that differ': means,
  'means of few rows': { ...means, rows: 6, members: 40 },
  'means, heavy tails': { ...means, between: 0.3, tails: 12, members: 50, rows: 100 },
  'means with deviations': { ...means, hasDeviations: true, members: 12 },
  'three means': { ...fewMeans, members: 3 },
  'four means': fewMeans,
  'six means of few rows': { ...fewMeans, members: 6, rows: 15 },
  'four means, in even steps': { ...fewMeans, rows: 600, between: 0.3, isLadder: true },
  'five means, rows unknown': { ...fewMeans, members: 5, between: 0.3, hasDeviations: false },
  'sums that differ': { ...means, kind: 'amount', unequal: 0.3, between: 0.3 },
  'four sums': { ...fewMeans, kind: 'amount', unequal: 0.05 },
}

export const calmMembers = Object.fromEntries(
  Object.entries(crowds).map(([title, crowd]) => [title, (random: Random) => simulateMembers(random, crowd)]),
)
