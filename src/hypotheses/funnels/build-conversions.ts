import { addPeriods, type Day, daysBetween } from '../../base/periods.ts'
import type { Conversion, Conversions } from '../../detectors/shapes.ts'
import type { ScanRows } from '../series/period-block.ts'

/** Columns: of the day on which one entered, of 1 where one went on and 0 where not, and of its account where there is one. */
export interface EntrantRows extends ScanRows {
  readonly began: string
  readonly wentOn: string
  readonly account: string | undefined
}

export interface Entrant {
  readonly began: Day
  readonly wentOn: boolean
  readonly account: string
}

/** Those who entered, in an order that is not that of the rows; without those of whom it is not known when, or whether they went on. */
export function readEntrants(of: EntrantRows): readonly Entrant[] {
  const { columns, rows } = of
  const find = (name: string | undefined) => columns.findIndex((column) => column.name === name)
  const [began, wentOn, account] = [find(of.began), find(of.wentOn), find(of.account)]
  return rows
    .flatMap((row): Entrant[] => {
      if (row[began] === null || row[wentOn] === null) return []
      const day = String(row[began]).slice(0, 10)
      return [{ began: day, wentOn: Number(row[wentOn]) >= 1, account: String(row[account] ?? '') }]
    })
    .sort(
      (a, b) =>
        compareText(a.began, b.began) || compareText(a.account, b.account) || Number(a.wentOn) - Number(b.wentOn),
    )
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export interface EntrantSplit {
  /** The day after the last one known. */
  readonly today: Day
  readonly recentDays: number
  /** Days that one has to go on: who entered later is left out. */
  readonly windowDays: number
  /** Puts a week in another's place (null replicate); weeks are counted back from the last one, 0. */
  readonly placeOf?: (week: number) => number
}

/** Days before the end of those that count, from 0; negative for whom the window is not over. */
export const countAgo = (began: Day, { today, windowDays }: Pick<EntrantSplit, 'today' | 'windowDays'>): number =>
  daysBetween(began, addPeriods(today, -windowDays, 'day')) - 1

/** Entrants of one key together. */
function addUp(entrants: readonly Entrant[], keyOf: (entrant: Entrant, at: number) => number): readonly Conversion[] {
  const units = new Map<number, { entered: number; converted: number }>()
  entrants.forEach((entrant, at) => {
    const key = keyOf(entrant, at)
    const unit = units.get(key) ?? { entered: 0, converted: 0 }
    unit.entered += 1
    unit.converted += Number(entrant.wentOn)
    units.set(key, unit)
  })
  return [...units].map(([account, unit]) => ({ ...unit, account }))
}

/** Those who entered in the last days against all before; those of one account are a unit. Whose account is not known is a unit of its own. */
export function splitEntrants(all: readonly Entrant[], split: EntrantSplit): Conversions {
  const { recentDays, placeOf = (week) => week } = split
  const since = addPeriods(split.today, -split.windowDays - recentDays, 'day')
  const days = new Map(
    [...new Set(all.map(({ began }) => began))].map((day) => {
      const ago = countAgo(day, split)
      const week = Math.floor(ago / 7)
      return [day, { ago, week, isRecent: 7 * placeOf(week) + (ago - 7 * week) < recentDays }]
    }),
  )
  const entrants = all.filter(({ began }) => days.get(began)!.ago >= 0)
  const accounts = new Map<string, number>()
  for (const { account } of entrants) if (account !== '' && !accounts.has(account)) accounts.set(account, accounts.size)
  const of = (isRecent: boolean) => entrants.filter(({ began }) => days.get(began)!.isRecent === isRecent)
  // units of their own have numbers that no other one has, in either group
  const group = (own: readonly Entrant[], first: number) =>
    addUp(own, ({ account }, at) => accounts.get(account) ?? accounts.size + first + at)
  const [before, after] = [of(false), of(true)]
  return {
    names: ['those who began earlier', `those who began since ${since}`],
    first: group(before, 0),
    second: group(after, before.length),
    batches: addUp(before, ({ began }) => days.get(began)!.week),
  }
}
