import { addPeriods, startOfPeriod } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import { findFree, periodColumn, rowsColumn } from '../series/scan-table.ts'
import { type History, keyColumn, writeRange } from '../write/write-exploration.ts'
import { recentPeriods } from './build-accounts.ts'

/** Weeks that are read: nine windows of two weeks, and one in which accounts may begin. */
export const accountWeeks = 40
/** Rows of an account's history, below which two weeks without any are no news. */
const historyRowsMin = 20
/**
 * Most rows that are read, those of the largest accounts by their history: two thousand that do something each week. With more, memory and tests
 * would grow with the number of customers of the customer.
 */
const rowsMax = 40_000

export interface AccountSubject {
  readonly model: string
  readonly time: string
  readonly history: History
  /** Path to the account's key, and to its name where there is one. */
  readonly keys: readonly string[]
  readonly metrics: readonly Metric[]
}

/** Columns of the account's key and name, among those of some metrics. */
export const accountColumns = ({ history, keys, metrics }: AccountSubject): readonly string[] =>
  keys.map((_, at) =>
    keyColumn(
      keys,
      at,
      history.grain,
      metrics.map(({ name }) => name),
    ),
  )

/**
 * The exploration of some counts of each account by week. Of the accounts that had enough rows before the weeks that are judged, the largest: what
 * they did in these weeks does not choose them. A shared scan of several metrics has the same accounts as each metric by itself.
 */
export function writeAccountCounts(catalog: Catalog, subject: AccountSubject): string {
  const { model, time, history, keys, metrics } = subject
  const names = metrics.map(({ name }) => name)
  const columns = accountColumns(subject)
  const [period, rows] = [periodColumn(history.grain, names), rowsColumn(names)]
  const before = findFree(`${rows}_before`, [...names, ...columns])
  const start = startOfPeriod(history.today, history.grain, catalog.calendar)
  const recent = addPeriods(start, -recentPeriods, history.grain)
  const path = (text: string) => quotePath(text.split('.'))
  const groups = keys.map((key, at) =>
    columns[at] === key.split('.').at(-1) ? path(key) : `${quoteName(columns[at]!)} = ${path(key)}`,
  )
  const bucket = `${history.grain}(${path(time)})`
  const measures = metrics.map(({ name, measure }) => `${quoteName(name)} = ${measure}`)
  return [
    `as of ${history.today}`,
    `from ${quoteName(model)}`,
    `where ${writeRange(time, history)}`,
    `group by ${[period === history.grain ? bucket : `${period} = ${bucket}`, ...groups].join(', ')}: ${[`${rows} = count()`, ...measures].join(', ')}`,
    `add ${before} = total(if(${period} < ${recent}, ${rows}, 0) per ${quoteName(columns[0]!)})`,
    `where ${before} >= ${historyRowsMin}`,
    `where rank(${before}) <= ${rowsMax}`,
    '',
  ].join('\n')
}

/** The exploration that asks of one count whether single accounts left their own ways. */
export function writeAccountTest(catalog: Catalog, subject: Omit<AccountSubject, 'metrics'>, metric: Metric): string {
  const own = { ...subject, metrics: [metric] }
  const columns = accountColumns(own).map(quoteName).join(', ')
  const period = periodColumn(subject.history.grain, [metric.name])
  return `${writeAccountCounts(catalog, own)}test account_change ${quoteName(metric.name)} over ${period} by ${columns}\n`
}
