import { addPeriods, type Day, daysBetween } from '../../base/periods.ts'
import type { DeclaredEvent } from '../../catalog/catalog.ts'
import type { OneSample, TwoSamples } from '../../detectors/shapes.ts'
import type { ScanRows } from '../series/period-block.ts'

/** Columns: of the day of a row, of its value, and of its account where there is one. */
export interface ValueRows extends ScanRows {
  readonly day: string
  readonly value: string
  readonly account: string | undefined
  /** Rows of their days are no evidence. */
  readonly events: readonly DeclaredEvent[]
}

export interface DatedValue {
  readonly day: Day
  readonly value: number
  readonly account: string
}

/** The rows that have a value, in an order that is not that of the rows. */
export function readDatedValues(of: ValueRows): readonly DatedValue[] {
  const find = (name: string | undefined) => of.columns.findIndex((column) => column.name === name)
  const [day, value, account] = [find(of.day), find(of.value), find(of.account)]
  return of.rows
    .flatMap((row): DatedValue[] => {
      if (row[day] === null || row[value] === null) return []
      const on = String(row[day]).slice(0, 10)
      if (of.events.some(({ from, to }) => on >= from && on <= to)) return []
      return [{ day: on, value: Number(row[value]), account: String(row[account] ?? '') }]
    })
    .sort((a, b) => compareText(a.day, b.day) || compareText(a.account, b.account) || a.value - b.value)
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export interface ValueSplit {
  /** The day after the last one judged. */
  readonly today: Day
  readonly recentDays: number
  /** Puts a week in another's place (null replicate); weeks are counted back from the last one, 0. */
  readonly placeOf?: (week: number) => number
}

/** Weeks before the last day, 0 for the last seven days. */
export const countWeeksAgo = (day: Day, today: Day): number => Math.floor((daysBetween(day, today) - 1) / 7)

/** The values of the last days against all before; those of one account are a unit, those of one week a batch. Whose account is not known is a unit of its own. */
export function splitValues(all: readonly DatedValue[], split: ValueSplit): TwoSamples {
  const { today, recentDays, placeOf = (week) => week } = split
  const since = addPeriods(today, -recentDays, 'day')
  const weeks = new Map([...new Set(all.map(({ day }) => day))].map((day) => [day, countWeeksAgo(day, today)]))
  const isRecent = ({ day }: DatedValue) => 7 * placeOf(weeks.get(day)!) < recentDays
  const accounts = new Map<string, number>()
  for (const { account } of all) if (account !== '' && !accounts.has(account)) accounts.set(account, accounts.size)
  const sample = (own: readonly DatedValue[], first: number): OneSample => ({
    values: Float64Array.from(own, ({ value }) => value),
    ...(accounts.size > 0 && {
      // units of their own have numbers that no other one has, in either sample
      units: Int32Array.from(own, ({ account }, at) => accounts.get(account) ?? accounts.size + first + at),
    }),
    batches: Int32Array.from(own, ({ day }) => weeks.get(day)!),
  })
  const [before, after] = [all.filter((one) => !isRecent(one)), all.filter(isRecent)]
  return {
    names: ['the values before', `the values since ${since}`],
    first: sample(before, 0),
    second: sample(after, before.length),
  }
}
