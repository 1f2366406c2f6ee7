import { addPeriods, type Day, daysBetween } from '../../base/periods.ts'
import type { DurationSample, Durations } from '../../detectors/shapes.ts'
import type { ScanRows } from '../series/period-block.ts'

/** Columns: of the day on which a member began, of how long it waited, of whether it is over (1 or 0), and of its account where there is one. */
export interface WaitRows extends ScanRows {
  readonly began: string
  readonly waited: string
  readonly happened: string
  readonly account: string | undefined
}

/** A member of those who wait. */
export interface Waiting {
  readonly began: Day
  readonly waited: number
  readonly happened: boolean
  readonly account: string
}

/** The members, in an order that is not that of the rows; without those who never began or whose time is not known. */
export function readWaits(of: WaitRows): readonly Waiting[] {
  const { columns, rows } = of
  const find = (name: string | undefined) => columns.findIndex((column) => column.name === name)
  const [began, waited, happened, account] = [find(of.began), find(of.waited), find(of.happened), find(of.account)]
  return rows
    .flatMap((row): Waiting[] => {
      if (row[began] === null || row[waited] === null) return []
      const member = { began: String(row[began]).slice(0, 10), waited: Number(row[waited]) }
      return [{ ...member, happened: Number(row[happened]) === 1, account: String(row[account] ?? '') }]
    })
    .sort(
      (a, b) =>
        compareText(a.began, b.began) ||
        a.waited - b.waited ||
        Number(a.happened) - Number(b.happened) ||
        compareText(a.account, b.account),
    )
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export interface WaitSplit {
  /** The day after the last one judged. */
  readonly today: Day
  readonly recentDays: number
  /** Puts a week in another's place (null replicate); weeks are counted back from the last one, 0. */
  readonly placeOf?: (week: number) => number
}

/**
 * Those who began in the last days against all who began before; those of one account are a unit, those of one week a batch. Whose account is not known is a
 * unit of its own.
 */
export function splitWaits(members: readonly Waiting[], split: WaitSplit): Durations {
  const { today, recentDays, placeOf = (week) => week } = split
  const since = addPeriods(today, -recentDays, 'day')
  const days = new Map(
    [...new Set(members.map(({ began }) => began))].map((day) => {
      const ago = daysBetween(day, today) - 1
      const week = Math.floor(ago / 7)
      return [day, { week, isRecent: 7 * placeOf(week) + (ago - 7 * week) < recentDays }]
    }),
  )
  const accounts = new Map<string, number>()
  for (const { account } of members) if (account !== '' && !accounts.has(account)) accounts.set(account, accounts.size)
  const sample = (isRecent: boolean): DurationSample => {
    const own = members.filter(({ began }) => days.get(began)!.isRecent === isRecent)
    return {
      time: Float64Array.from(own, ({ waited }) => waited),
      happened: Uint8Array.from(own, ({ happened }) => Number(happened)),
      ...(accounts.size > 0 && {
        units: Int32Array.from(own, ({ account }, at) => accounts.get(account) ?? accounts.size + at),
      }),
      batches: Int32Array.from(own, ({ began }) => days.get(began)!.week),
    }
  }
  return { names: ['what began earlier', `what began since ${since}`], first: sample(false), second: sample(true) }
}
