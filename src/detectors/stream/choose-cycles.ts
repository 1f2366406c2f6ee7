import type { Grain } from '../../base/periods.ts'
import { chooseSeason } from '../series/season.ts'

const dayMs = 86_400_000

/**
 * After how many points a stream repeats itself by the calendar, shortest first: what was asked for, else a day and a week where steps (`stepMs`,
 * undefined without a calendar) are shorter than a day, else what the grain suggests. Unlike a season this does not depend on how much was seen.
 */
export function chooseCycles(grain: Grain | undefined, stepMs: number | undefined, asked: number): readonly number[] {
  if (asked > 0) return asked > 1 ? [asked] : []
  if (stepMs !== undefined && stepMs > 0 && stepMs < dayMs) {
    const day = Math.round(dayMs / stepMs)
    return [day, 7 * day]
  }
  const season = chooseSeason(grain, Infinity, 0)
  return season > 1 ? [season] : []
}
