import type { Grain } from '../../base/periods.ts'

/** Points a season of each grain: weekdays of days, hours of a day, months of a year. Others have none by themselves. */
const periods: Readonly<Partial<Record<Grain, number>>> = { hour: 24, day: 7, month: 12, quarter: 4 }

/** Seasons that a series must show before its season can be told from chance. */
const seasonsMin = 3

/**
 * Points a season, 1 where there is none: what was asked for, or what the grain suggests, as long as the series is `seasonsMin`
 * seasons long.
 */
export function chooseSeason(grain: Grain | undefined, length: number, asked: number): number {
  const period = asked > 0 ? asked : (periods[grain ?? 'year'] ?? 1)
  return length >= seasonsMin * period ? period : 1
}
