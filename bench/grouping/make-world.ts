import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addPeriods, type Day } from '../../src/base/periods.ts'
import type { Slice } from '../../src/hypotheses/hypothesis.ts'
import { createRandom, type Random } from '../../src/stats/random.ts'

/** Something that happens in one slice from a day on, and which of the numbers of a row it moves. */
export interface Effect {
  readonly slice: Slice
  readonly moves: 'rows' | 'chance' | 'amount'
  /** What the number is multiplied by. */
  readonly factor: number
  /** Days before the end on which it begins. */
  readonly age: number
}

export interface World {
  readonly asOf: Day
  readonly effects: readonly Effect[]
}

/** Fields of an order with the shares of their values: at least a tenth each, so that every value is looked at. */
export const fields: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  region: { north: 0.3, south: 0.25, east: 0.25, west: 0.2 },
  channel: { direct: 0.4, agent: 0.3, search: 0.2, fair: 0.1 },
  tier: { basic: 0.5, plus: 0.3, max: 0.2 },
  team: { red: 0.35, green: 0.35, blue: 0.3 },
}

const asOf: Day = '2026-09-30'
const days = 240
const ordersPerDay = 260
const names = Object.keys(fields)

const config = `workspace: works
warehouse: files:./data
catalog: ./catalog
`

const catalog = `models:
  order:
    table: orders
    key: id
    fields:
      id: { type: number, hidden: true }
${names.map((name) => `      ${name}: { type: text }`).join('\n')}
      won: { type: boolean }
      amount: { type: number }
      placed_at: { type: timestamp }
    metrics:
      orders: { measure: count(), time: placed_at, good: up, slices: [${names.join(', ')}] }
      value: { measure: sum(amount), time: placed_at, good: up, slices: [${names.join(', ')}] }
      win_rate: { measure: "count(where won) / count()", time: placed_at, good: up, format: percent, slices: [${names.join(', ')}] }
`

const valuesOf = (field: string): readonly string[] => Object.keys(fields[field] ?? {})

/** One value of one field, or in every third effect of two, of at least a tenth of the orders. */
function drawSlice(random: Random): Slice {
  const [first, second] = random.shuffle([...names])
  const draw = (field: string) => ({ field, value: valuesOf(field)[random.integer(0, valuesOf(field).length - 1)]! })
  if (random.uniform() > 1 / 3) return [draw(first!)]
  const pair = [draw(first!), draw(second!)]
  const share = pair.reduce((product, { field, value }) => product * fields[field]![value]!, 1)
  return share >= 0.1 ? pair : drawSlice(random)
}

/** Several effects at once, each in a slice of its own, at times of their own, in different numbers of a row or in the same. */
function drawEffects(random: Random, count: number): readonly Effect[] {
  const moves = ['rows', 'chance', 'amount'] as const
  const ages = random.shuffle([12, 20, 28, 36, 44])
  const used = new Set<string>()
  return Array.from({ length: count }, (_, at) => {
    let slice = drawSlice(random)
    // two effects by one field could not be told apart from rows that went over
    while (slice.some(({ field }) => used.has(field)) && used.size < names.length - 1) slice = drawSlice(random)
    for (const { field } of slice) used.add(field)
    const kind = moves[random.integer(0, 2)]!
    const isRise = random.uniform() < 0.4
    const factor = kind === 'chance' ? (isRise ? 1.7 : 0.4) : isRise ? 1.8 : 0.45
    return { slice, moves: kind, factor, age: ages[at]! }
  })
}

function drawValue(random: Random, field: string): string {
  let left = random.uniform()
  for (const [value, share] of Object.entries(fields[field] ?? {})) {
    if (left < share) return value
    left -= share
  }
  return valuesOf(field)[0]!
}

/** Orders with weekdays, days that differ by themselves, and the effects. Written as one csv file with its catalog and configuration. */
export function makeWorld(folder: string, seed: number, effectCount: number): World {
  const random = createRandom(seed)
  const effects = drawEffects(random, effectCount)
  const rows = [['id', ...names, 'won', 'amount', 'placed_at'].join(',')]
  let memory = 0
  for (let day = 0; day < days; day++) {
    const date = addPeriods(asOf, day - days + 1, 'day')
    const isWeekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
    memory = 0.4 * memory + 0.05 * random.normal()
    const most = Math.max(1, ...effects.map(({ moves, factor }) => (moves === 'rows' ? factor : 1)))
    // rows are drawn as if every rise held everywhere, and kept by the chance that is theirs
    const drawn = random.poisson(ordersPerDay * (isWeekend ? 0.5 : 1) * Math.exp(memory) * most)
    for (let at = 0; at < drawn; at++) {
      const values = Object.fromEntries(names.map((name) => [name, drawValue(random, name)]))
      const own = effects.filter(
        ({ slice, age }) => day >= days - age && slice.every(({ field, value }) => values[field] === value),
      )
      const times = (what: Effect['moves']) =>
        own.reduce((product, { moves, factor }) => (moves === what ? product * factor : product), 1)
      if (random.uniform() >= Math.min(1, times('rows') / most)) continue
      const isWon = random.uniform() < Math.min(0.95, 0.35 * times('chance'))
      const amount = Math.round(80 * Math.exp(0.6 * random.normal()) * times('amount'))
      rows.push([rows.length, ...names.map((name) => values[name]), isWon, amount, `${date}T12:00:00Z`].join(','))
    }
  }
  mkdirSync(join(folder, 'catalog'), { recursive: true })
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'hunch.yaml'), config)
  writeFileSync(join(folder, 'catalog', 'works.yaml'), catalog)
  writeFileSync(join(folder, 'data', 'orders.csv'), rows.join('\n'))
  return { asOf, effects }
}
