import { addPeriods, type Day } from '../../src/base/periods.ts'
import type { Random } from '../../src/stats/random.ts'
import { type Account, drawFields, pickAccounts } from './make-accounts.ts'
import { type DayOf, type Effect, type Row, rows, type Trade } from './trade.ts'

export interface MadeRow {
  readonly day: number
  readonly at: Date
  readonly account: number
  readonly row: Row
  readonly values: Readonly<Record<string, number | boolean | string>>
}

/** How much of an effect there is on a day, 0..1. */
const presence = ({ ago, lasts = Number.POSITIVE_INFINITY, isSlow }: Effect, today: number): number =>
  today > ago || today <= ago - lasts ? 0 : isSlow ? (ago - today + 1) / (ago + 1) : 1

export const isOf = ({ slice = [] }: Effect, row: Row, account: number): boolean =>
  slice.every(({ field, value }) => (field === 'account' ? account === value : row[field] === value))

const describeDay = (date: Day, ago: number): DayOf => {
  const time = new Date(`${date}T00:00:00Z`)
  const start = Date.UTC(time.getUTCFullYear(), 0, 1)
  const season = (time.getTime() - start) / 86_400_000 / 365.25
  return { date, ago, weekday: time.getUTCDay(), dayOfMonth: time.getUTCDate(), season }
}

/** Rows day by day: counts with memory and clumps, thinned or made more by what is planted. */
export function* makeRows(
  trade: Trade,
  accounts: readonly Account[],
  effects: readonly Effect[],
  random: Random,
): Generator<MadeRow> {
  const { days, asOf, perDay, noise, level } = trade
  const { deviation, memory, clump = 1 } = noise
  let state = deviation * random.normal()
  // the day after the last one is there for other time zones, the one after that breaks off
  for (let ago = days - 1; ago >= -2; ago--) {
    state = memory * state + deviation * Math.sqrt(1 - memory ** 2) * random.normal()
    const day = describeDay(addPeriods(asOf, -ago, 'day'), ago)
    const now = effects.map((effect) => ({ effect, times: effect.factor ** presence(effect, ago) }))
    // rows are drawn as if every rise held everywhere, and kept by the chance that is theirs
    const most = now.reduce((all, { effect, times }) => (effect.moves === rows ? all * Math.max(1, times) : all), 1)
    const mean = (perDay * level(day) * Math.exp(state) * most * (ago === -2 ? 0.3 : 1)) / clump
    const pick = accounts.length > 0 ? pickAccounts(accounts, ago, random) : () => -1
    const groups = random.poisson(mean)
    for (let group = 0; group < groups; group++) {
      const account = pick()
      const known = accounts[account]?.fields ?? {}
      const first = drawFields(trade.fields, known, '', random)
      const own = now.filter(({ effect }) => isOf(effect, first, account))
      const times = (name: string) => own.reduce((all, one) => (one.effect.moves === name ? all * one.times : all), 1)
      const isKept = random.uniform() < times(rows) / most
      const lost = own.find(({ effect }) => effect.becomes !== undefined)?.effect
      if (!isKept && !lost?.becomes) continue
      const row = isKept ? first : { ...first, [lost!.slice![0]!.field]: lost!.becomes! }
      const count = clump > 1 ? 1 + random.poisson(clump - 1) : 1
      for (let made = 0; made < count; made++) {
        const at = new Date(Date.parse(`${day.date}T00:00:00Z`) + random.integer(0, 86_399) * 1000)
        const timesAfter = (name: string, ofRow: Row, of: number) => (later: number) =>
          effects.reduce(
            (all, one) =>
              one.moves === name && isOf(one, ofRow, of) ? all * one.factor ** presence(one, ago - later) : all,
            1,
          )
        const values = Object.fromEntries(
          Object.entries(trade.columns).map(([name, { draw }]) => [
            name,
            draw(row, times(name), random, at, timesAfter(name, row, account)),
          ]),
        )
        yield { day: days - 1 - ago, at, account, row, values }
      }
    }
  }
}
