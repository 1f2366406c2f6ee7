import type { Random } from '../../src/stats/random.ts'
import type { Row, Trade, Weights } from './trade.ts'

export interface Account {
  readonly id: number
  readonly weight: number
  readonly fields: Row
  /** Days before the last one. */
  readonly began: number
  readonly ended: number
}

const isWeights = (one: Weights | ((row: Row) => Weights)): one is Weights => typeof one !== 'function'

/** A draw of each field in turn: later ones may depend on earlier ones. */
export function drawFields(fields: Trade['fields'], known: Row, prefix: string, random: Random): Row {
  const row: Record<string, string | null> = { ...known }
  for (const [name, weights] of Object.entries(fields))
    row[`${prefix}${name}`] = drawValue(isWeights(weights) ? weights : weights(row), random)
  return row
}

function drawValue(weights: Weights, random: Random): string | null {
  const entries = Object.entries(weights)
  let left = random.uniform() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of entries) {
    left -= weight
    if (left < 0) return value === 'null' ? null : value
  }
  return entries[0]![0]
}

/** Share of all rows from which on an account stays: that a large one leaves is news, and would have to be planted. */
const stayMin = 0.002

/** Largest first. */
export function makeAccounts({ accounts, days }: Trade, random: Random): readonly Account[] {
  if (!accounts) return []
  const { count, spread, began, ended, fields } = accounts
  const weights = Float64Array.from({ length: count }, () => Math.exp(spread * random.normal())).sort((a, b) => b - a)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Array.from(weights, (weight, at) => {
    const stays = weight >= stayMin * total
    const start = !stays && random.uniform() < began ? random.integer(0, days - 1) : days
    return {
      id: at + 1,
      weight,
      fields: drawFields(fields, {}, 'account.', random),
      began: start,
      ended: !stays && random.uniform() < ended ? random.integer(0, start) : Number.NEGATIVE_INFINITY,
    }
  })
}

/** Draws accounts that are there on a day, by how much they do. */
export function pickAccounts(accounts: readonly Account[], ago: number, random: Random): () => number {
  const sums = new Float64Array(accounts.length)
  let sum = 0
  for (const [at, { weight, began, ended }] of accounts.entries()) {
    if (began >= ago && ended < ago) sum += weight
    sums[at] = sum
  }
  return () => {
    const wanted = random.uniform() * sum
    let [low, high] = [0, accounts.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}
