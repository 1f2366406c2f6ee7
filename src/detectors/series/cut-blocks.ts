import type { Breakdown } from '../shapes.ts'
import { chooseSeason } from './season.ts'

/** A breakdown added up in blocks of whole seasons, so that weekdays weigh alike in each. */
export interface Blocks {
  readonly count: number
  /** The last so many are recent. */
  readonly recent: number
  /** Place of the first recent period. */
  readonly from: number
  /** Periods in a block. */
  readonly length: number
  /** `sums[slice][block]`: totals of counts and amounts, numerators of ratios and means. */
  readonly sums: readonly Float64Array[]
  /** Rows behind them: of counts and amounts, the periods. */
  readonly rows: readonly Float64Array[]
}

/** Recent blocks, and blocks in all, that a comparison needs. */
export const blocksMin = { recent: 3, all: 12 } as const

/** `recent` periods, in whole blocks, are compared with those before; 0 takes a quarter. Blocks end with the last period. */
export function cutBlocks({ slices }: Breakdown, recent: number): Blocks {
  const { values: any, grain, kind } = slices[0]!.series
  const length = grain === 'month' || grain === 'quarter' ? 1 : chooseSeason(grain, any.length, 0)
  const count = Math.floor(any.length / length)
  const start = any.length - count * length
  const ofRecent = recent > 0 ? Math.round(recent / length) : Math.round(count / 4)
  const late = Math.min(Math.max(blocksMin.recent, ofRecent), count - blocksMin.recent)
  const isAdditive = kind === 'count' || kind === 'amount'
  const sums = slices.map(() => new Float64Array(count))
  const rows = slices.map(() => new Float64Array(count))
  for (let at = start; at < any.length; at++) {
    if (slices.some(({ series }) => series.excluded?.[at] === 1)) continue
    const block = Math.floor((at - start) / length)
    slices.forEach(({ series }, k) => {
      const value = series.values[at]!
      const weight = isAdditive ? 1 : (series.weights?.[at] ?? 1)
      if (!Number.isFinite(value) && !isAdditive) return
      sums[k]![block] = sums[k]![block]! + (Number.isFinite(value) ? value * weight : 0)
      rows[k]![block] = rows[k]![block]! + weight
    })
  }
  return { count, recent: late, from: any.length - late * length, length, sums, rows }
}

/** Why a breakdown cannot be compared with its past in blocks, or nothing. */
export function findBlockObstacle(name: string, breakdown: Breakdown): string | undefined {
  const { slices } = breakdown
  if (slices.length < 2) return `has ${slices.length} slices; ${name} needs 2`
  const { count, length } = cutBlocks(breakdown, 0)
  if (count >= blocksMin.all) return undefined
  return `has ${slices[0]!.series.values.length} periods; ${name} needs ${blocksMin.all * length}`
}

/**
 * By how much the variance of means is larger than that of independent blocks: (1 + r) / (1 − r) for the correlation r of neighbouring residuals,
 * corrected for its bias; never less than 1.
 */
export function measureCarry(residual: Float64Array): number {
  const count = residual.length
  let [own, next] = [0, 0]
  for (let at = 0; at < count; at++) {
    own += residual[at]! ** 2
    if (at > 0) next += residual[at]! * residual[at - 1]!
  }
  const r = Math.min(0.8, Math.max(0, (own > 0 ? next / own : 0) + 2 / count))
  return (1 + r) / (1 - r)
}
