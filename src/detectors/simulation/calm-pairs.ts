import { addPeriods } from '../../base/periods.ts'
import type { Random } from '../../stats/random.ts'
import type { Series, SeriesPair } from '../shapes.ts'

/** Two metrics that may share a cause, but neither of which leads. */
export interface Together {
  readonly length: number
  /** Rows a day; 0 draws normal values around 100. */
  readonly rows: readonly [number, number]
  /** Noise of each on its own: standard deviation, and correlation with the day before. */
  readonly noise: readonly [number, number]
  readonly memory: readonly [number, number]
  /** Standard deviation of what both share, and its memory. */
  readonly shared: number
  readonly sharedMemory: number
  readonly growth: number
  /** Both lose this share on the same day. */
  readonly step?: number
  /** Both have so much more in one fortnight, the second three days later. */
  readonly fortnight?: number
  /** The first has so much more on the first of each month, the second on the fifth. */
  readonly monthly?: number
  /** Size of a season of the year that the second has four weeks after the first. */
  readonly yearly?: number
  /** Absent: days. */
  readonly grain?: 'week'
}

/** The second gets `share` of the first's own noise `lag` days later. */
export interface Lead {
  readonly lag: number
  readonly share: number
}

const week = [0.17, 0.2, 0.18, 0.14, 0.05, -0.5, -0.5] as const
const first = '2025-01-06'

function drawMemory(random: Random, length: number, memory: number): Float64Array {
  let state = random.normal()
  return Float64Array.from({ length }, () => {
    state = memory * state + random.normal() * Math.sqrt(1 - memory * memory)
    return state
  })
}

const toDayOfYear = (day: string): number => (Date.parse(day) - Date.parse(`${day.slice(0, 4)}-01-01`)) / 86_400_000

/** What comes to both by the calendar or one event, to the second later. */
function addCommon(
  { length, fortnight = 0, monthly = 0, yearly = 0 }: Together,
  side: 0 | 1,
  period: number,
  day: string,
) {
  const [start, date] = [Math.floor(length / 2) + 3 * side, day.slice(8)]
  const isEvent = period >= start && period < start + 14
  const isDate = date === (side === 0 ? '01' : '05')
  const season = yearly === 0 ? 0 : yearly * Math.sin((2 * Math.PI * (toDayOfYear(day) - 28 * side)) / 365)
  return (isEvent ? fortnight : 0) + (isDate ? monthly : 0) + season
}

export function simulatePair(random: Random, life: Together, lead?: Lead): SeriesPair {
  const { length, rows, noise, memory, shared, sharedMemory, growth, step = 1, grain = 'day' } = life
  const common = drawMemory(random, length, sharedMemory)
  const own = [drawMemory(random, length, memory[0]), drawMemory(random, length, memory[1])] as const
  const stepAt = Math.floor(length * 0.6)
  const at = Array.from({ length }, (_, day) => addPeriods(first, day, grain))
  const draw = (side: 0 | 1): Series => {
    const values = Float64Array.from({ length }, (_, day) => {
      const given = side === 1 && lead && day >= lead.lag ? lead.share * noise[0] * own[0][day - lead.lag]! : 0
      const move = noise[side] * own[side]![day]! + shared * common[day]! + given
      const season = (grain === 'day' ? week[day % 7]! : 0) + addCommon(life, side, day, at[day]!)
      const level = growth * (day - length) + season + (day >= stepAt ? Math.log(step) : 0)
      return rows[side]! > 0
        ? random.negativeBinomial(rows[side]! * Math.exp(level + move), 0.01)
        : 100 + 40 * (level + move)
    })
    return { at, values, grain, kind: rows[side]! > 0 ? 'count' : 'mean' }
  }
  return { first: draw(0), second: draw(1) }
}

const plain: Together = {
  length: 182,
  rows: [200, 100],
  noise: [0.15, 0.15],
  memory: [0, 0],
  shared: 0,
  sharedMemory: 0,
  growth: 0,
}

/** Pairs without a leader. */
export const pairs: Readonly<Record<string, Together>> = {
  'strangers with a week': plain,
  'strangers with memory': { ...plain, memory: [0.7, 0.7] },
  'strangers with long memory': { ...plain, rows: [0, 0], memory: [0.9, 0.9], length: 365 },
  'both grow': { ...plain, growth: 0.006 },
  'both lose half on one day': { ...plain, step: 0.5 },
  'a shared cause of the day': { ...plain, shared: 0.2 },
  'a shared cause that lasts': { ...plain, shared: 0.2, sharedMemory: 0.8 },
  'a shared cause that lasts, long': { ...plain, length: 400, shared: 0.3, sharedMemory: 0.9, memory: [0, 0.5] },
  'small counts': { ...plain, rows: [3, 8], memory: [0.3, 0.3] },
  'both jump in one fortnight': { ...plain, length: 400, fortnight: 0.6 },
  'dates of the month': { ...plain, length: 400, monthly: 0.8 },
  'weeks, seasons of the year out of step': { ...plain, length: 156, grain: 'week', yearly: 0.4 },
  short: { ...plain, length: 80, memory: [0.4, 0.4] },
}

export const calmPairs = Object.fromEntries(
  Object.entries(pairs).map(([title, life]) => [title, (random: Random) => simulatePair(random, life)]),
)
