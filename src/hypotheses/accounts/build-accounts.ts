import type { Day, Grain } from '../../base/periods.ts'
import type { AccountCounts } from '../../detectors/shapes.ts'
import type { ScanRows } from '../series/period-block.ts'

/** Periods that are judged, against those before: two weeks are the shortest time in which silence means anything. */
export const recentPeriods = 2

export interface AccountRows extends ScanRows {
  /** Columns: of the period, of the account's key and (where there is one) of its name, and of the count. */
  readonly period: string
  readonly keys: readonly string[]
  readonly measure: string
}

/**
 * The counts of each account by period, one row a period and account in which it did anything. The period of its first event, and all before it,
 * are no history: that it is not 0 is how it was found. What counts by chance from then on is as good as for an account that was there all along.
 */
export function buildAccounts(of: AccountRows, periods: readonly Day[], grain: Grain): AccountCounts {
  const { columns, rows, period, keys, measure } = of
  const find = (name: string | undefined) => columns.findIndex((column) => column.name === name)
  const [time, key, name, value] = [find(period), find(keys[0]), find(keys[1]), find(measure)]
  const placeOf = new Map(periods.map((day, at) => [day, at]))
  const accounts = new Map<string, { name: string; counts: Float64Array }>()
  for (const row of rows) {
    const place = placeOf.get(String(row[time]).slice(0, 10))
    if (place === undefined || row[key] === null || row[key] === undefined) continue
    const id = String(row[key])
    const account = accounts.get(id) ?? { name: nameOf(row[name]), counts: new Float64Array(periods.length) }
    account.counts[place] = account.counts[place]! + Number(row[value] ?? 0)
    accounts.set(id, account)
  }
  const sorted = [...accounts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const counted = Map.groupBy(sorted, ([, { name: known }]) => known)
  const label = (id: string, known: string) =>
    known === '' ? id : counted.get(known)!.length > 1 ? `${known} (${id})` : known
  return {
    labels: sorted.map(([id, { name: known }]) => label(id, known)),
    counts: sorted.map(([, { counts }]) => {
      const first = counts.findIndex((count) => count > 0)
      return counts.map((count, at) => (first < 0 || at <= first ? Number.NaN : count))
    }),
    at: periods,
    grain,
    recent: recentPeriods,
  }
}

const nameOf = (cell: unknown): string => (typeof cell === 'string' ? cell.trim() : '')
