import type { Grain } from '../../base/periods.ts'
import { chooseSeason } from '../season.ts'

const dayMs = 86_400_000

/**
 * Points after which a stream repeats itself by the calendar, 1 where it does not: what was asked for, else a day of steps (`stepMs`, undefined
 * without a calendar) shorter than a day, else what the grain suggests. Unlike a season it does not depend on how much was seen.
 */
export function chooseCycle(grain: Grain | undefined, stepMs: number | undefined, asked: number): number {
  if (asked > 0) return asked
  if (stepMs !== undefined && stepMs > 0 && stepMs < dayMs) return Math.round(dayMs / stepMs)
  return chooseSeason(grain, Infinity, 0)
}
