import type { TableColumn } from './read-tables.ts'

export type Value = string | null

/** What a column may be filled with. */
export interface Pool {
  /** What the queries compare it with. */
  readonly literals: readonly string[]
  /** What is in it in the data as shipped. */
  readonly shipped: readonly string[]
  /** `YYYY-MM-DD`: the day that counts as today. */
  readonly asOf: string
  /** Nothing odd: no 0, no text that was not there. */
  readonly tame: boolean
}

export type Random = () => number

export const pick = <T>(values: readonly T[], random: Random): T => values[Math.floor(random() * values.length)]!

const dayMs = 86_400_000
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}/.test(text)
/** Days before today that ranges of time end at, and the days beside them. */
const distances = [
  -1, 0, 0, 1, 2, 3, 5, 6, 7, 8, 10, 14, 20, 21, 27, 29, 30, 31, 35, 45, 56, 60, 70, 75, 90, 120, 180, 200, 330, 365,
  400, 730,
]

function drawDay({ literals, shipped, asOf }: Pool, random: Random): string {
  const known = [...literals, ...shipped].filter(isDay)
  const asked = literals.filter(isDay)
  const chance = random()
  if (asked.length > 0 && chance < 0.3) return moveDay(pick(asked, random), pick([-1, 0, 0, 0, 1], random))
  if (chance < 0.6 || known.length === 0) return moveDay(asOf, -pick(distances, random))
  if (chance < 0.85) return moveDay(pick(known, random), pick([-1, 0, 0, 0, 1, 7, 31], random))
  const years = literals.filter((one) => /^(19|20)\d\d$/.test(one))
  return moveDay(
    `${years.length > 0 ? pick(years, random) : pick(known, random).slice(0, 4)}-01-01`,
    Math.floor(random() * 366),
  )
}

const moveDay = (day: string, by: number) =>
  new Date(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) + by * dayMs).toISOString().slice(0, 10)
const drawClock = (random: Random) =>
  pick(['00:00:00', '00:00:00', '08:00:00', '09:30:00', '12:15:30', '19:00:00', '23:59:59', '23:30:00'], random)

function drawText({ literals, shipped, tame }: Pool, random: Random): string {
  const chance = random()
  if (literals.length > 0 && chance < 0.55) {
    const value = pick(literals, random)
    const shape = tame ? 1 : random()
    if (shape < 0.1) return value.toUpperCase()
    if (shape < 0.15) return value.toLowerCase()
    if (shape < 0.22) return `The ${value}`
    if (shape < 0.28) return `${value} Two`
    return value
  }
  if (shipped.length > 0 && (tame || chance < 0.97)) return pick(shipped, random)
  return pick(['', 'Ärger', 'x_y', '100%', 'zebra'], random)
}

function drawNumber(column: TableColumn, { literals, shipped, tame }: Pool, random: Random): string {
  const known = [...literals, ...literals, ...shipped].filter((text) => /^-?\d+(\.\d+)?$/.test(text))
  const base = known.length > 0 ? Number(pick(known, random)) : Math.floor(random() * 20)
  const moved = Math.max(tame ? 1 : 0, base + (random() < 0.6 ? 0 : pick([-1, 1, 2, 10], random)))
  const isZero = !tame && random() < 0.04
  const value = isZero ? 0 : moved + (column.scale > 0 && random() < 0.3 ? 0.5 : 0)
  const most = column.sizeMax === undefined ? Number.MAX_SAFE_INTEGER : 10 ** column.sizeMax - 1
  return Math.min(value, most).toFixed(column.scale)
}

/** A value for a column: mostly what queries ask for or what is there already, with ties, and now and then something odd or nothing. */
export function drawValue(column: TableColumn, pool: Pool, random: Random): Value {
  if (column.nullable && random() < 0.12) return null
  switch (column.kind) {
    case 'boolean':
      return random() < 0.5 ? 'true' : 'false'
    case 'date':
      return drawDay(pool, random)
    case 'timestamp':
      return `${drawDay(pool, random)} ${drawClock(random)}`
    case 'time':
      return drawClock(random)
    case 'text':
      return drawText(pool, random).slice(0, column.sizeMax)
    default:
      return drawNumber(column, pool, random)
  }
}
