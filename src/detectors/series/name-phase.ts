import type { Grain } from '../../base/periods.ts'

const weekdays = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'] as const
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** A place of the season in words, from the start of one of its periods: `Saturdays`, `hour 14`, `place 3 of 24`. */
export function namePhase(at: string | undefined, grain: Grain | undefined, season: number, phase: number): string {
  const time = new Date(at !== undefined && /^\d{4}-\d\d-\d\d/.test(at) ? at : Number.NaN)
  if (!Number.isNaN(time.getTime())) {
    if (grain === 'day' && season === 7) return weekdays[time.getUTCDay()]!
    if (grain === 'hour' && season === 24) return `hour ${time.getUTCHours()}`
    if (grain === 'month' && season === 12) return months[time.getUTCMonth()]!
  }
  return `place ${phase + 1} of ${season}`
}
