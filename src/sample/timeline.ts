import { addPeriods, type Day, daysBetween } from '../base/periods.ts'
import { holidays } from './holidays.ts'
import type { Random } from './random.ts'

export const dayMs = 86_400_000

/** The days of the simulation. Day 0 is the first; the last one is partial. */
export interface Timeline {
  readonly firstDay: Day
  readonly days: number
  /** First day whose events, invoices and tickets are kept. */
  readonly keptFrom: number
  readonly startMs: number
  /** Nothing is later than this: the last day breaks off in the morning. */
  readonly endMs: number
  /** 1 is Monday. */
  readonly weekday: (day: number) => number
  readonly isHoliday: (day: number) => boolean
}

/** Months before the kept ones in which accounts already signed up, so that the company does not begin from nothing. */
const pastMonths = 15
const keptMonths = 18

export function createTimeline(until: Day): Timeline {
  const firstDay = addPeriods(until, -(pastMonths + keptMonths), 'month')
  const startMs = Date.parse(`${firstDay}T00:00:00Z`)
  const days = daysBetween(firstDay, until) + 1
  const away = new Set<number>()
  for (const { from, to } of holidays)
    for (let day = daysBetween(firstDay, from); day <= daysBetween(firstDay, to); day++) away.add(day)
  return {
    firstDay,
    days,
    keptFrom: daysBetween(firstDay, addPeriods(until, -keptMonths, 'month')),
    startMs,
    endMs: startMs + (days - 1) * dayMs + 9.6 * 3_600_000,
    weekday: (day) => new Date(startMs + day * dayMs).getUTCDay() || 7,
    isHoliday: (day) => away.has(day),
  }
}

export interface Rhythm {
  /** Factor of Monday to Sunday. */
  readonly week: readonly number[]
  /** Half the distance between the best and the worst time of the year; summers are low. */
  readonly year: number
  /** Share gained a year. */
  readonly growth: number
  readonly holiday: number
  /** Deviation of the logarithm of the day's common noise, of which `memory` carries over to the next day. */
  readonly noise: number
  readonly memory: number
}

/** Factor of each day around 1: week, year, growth, holidays, and noise that remembers the day before (AR(1) in logarithms). */
export function makeRhythm(timeline: Timeline, rhythm: Rhythm, random: Random): Float64Array {
  let noise = rhythm.noise * random.normal()
  return Float64Array.from({ length: timeline.days }, (_, day) => {
    noise = rhythm.memory * noise + rhythm.noise * Math.sqrt(1 - rhythm.memory ** 2) * random.normal()
    const date = new Date(timeline.startMs + day * dayMs)
    const turn = (Date.UTC(2001, date.getUTCMonth(), date.getUTCDate()) - Date.UTC(2001, 0, 1)) / dayMs / 365
    const season = 1 + rhythm.year * Math.cos(2 * Math.PI * (turn - 0.04))
    const growth = (1 + rhythm.growth) ** ((day - timeline.days) / 365)
    const week = rhythm.week[timeline.weekday(day) - 1] ?? 1
    return week * season * growth * (timeline.isHoliday(day) ? rhythm.holiday : 1) * Math.exp(noise)
  })
}

/** Weight of each hour of a working day, 0 to 23. */
const hours = [1, 1, 1, 1, 1, 2, 4, 8, 14, 17, 16, 14, 12, 14, 16, 15, 13, 10, 7, 6, 5, 4, 3, 2]
const cumulativeHours = (() => {
  let total = 0
  return Float64Array.from(hours, (weight) => (total += weight))
})()

/** A moment within `day`, most likely in working hours. Milliseconds, on a whole second. */
export function pickMoment(timeline: Timeline, day: number, random: Random): number {
  const second = Math.floor(random.next() * 3600)
  return timeline.startMs + day * dayMs + random.pick(cumulativeHours) * 3_600_000 + second * 1000
}
