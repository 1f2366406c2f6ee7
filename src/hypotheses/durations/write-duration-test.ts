import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import type { Slice } from '../hypothesis.ts'
import { type History, writeRange, writeSliceCondition } from '../write/write-exploration.ts'
import type { Wait } from './read-wait.ts'

/** Columns of the members: the day on which each began, how long it waited, whether it is over, and whose it is. */
export const waitColumns = { began: 'began', waited: 'waited', happened: 'happened', account: 'account' } as const

/** Column of a field by which members are cut. */
export const valueColumn = (at: number): string => `value_${at}`

export interface DurationSubject {
  readonly metric: Metric
  readonly wait: Wait
  readonly history: History
  /** Path to the key of the account behind a row, where there is one. */
  readonly account: string | undefined
  /** Fields whose values stand beside the members. */
  readonly fields: readonly string[]
  readonly slice: Slice
}

/** Functions that count days of the calendar, or more. */
const countsDays = /^(days|weeks|months)_between$/

/**
 * The exploration of how long each row waited that began in the history: until it happened or, where it has not yet, until the day that counts as
 * today. What happened later than that has not happened. Whole days are known up to the one before: nobody has yet been seen to end today, and whoever waits
 * until today would be counted among those who could have.
 */
export function writeWaits(catalog: Catalog, subject: DurationSubject): string {
  const { metric, wait, history, account, fields, slice } = subject
  const { model } = metric
  const [began, ended] = [quoteName(wait.began), quoteName(wait.ended)]
  const isDate = catalog.models[model]?.fields[wait.ended]?.type === 'date'
  const now = isDate ? 'today()' : 'now()'
  const seen = isDate || countsDays.test(wait.fn) ? `${now} - 1 day` : now
  const conditions = [...slice.map((one) => writeSliceCondition(catalog, model, one)), writeRange(wait.began, history)]
  const path = (text: string) => quotePath(text.split('.'))
  const columns = [
    `day(${began}) as ${waitColumns.began}`,
    waitColumns.waited,
    waitColumns.happened,
    ...(account === undefined ? [] : [`${path(account)} as ${waitColumns.account}`]),
    ...fields.map((field, at) => `${path(field)} as ${valueColumn(at)}`),
  ]
  return [
    `as of ${history.today}`,
    `from ${quoteName(model)}`,
    `where ${conditions.join(' and ')}`,
    `add ${waitColumns.happened} = if(${ended} is not empty and ${ended} < ${now}, 1, 0)`,
    `add ${waitColumns.waited} = ${wait.fn}(${began}, if(${waitColumns.happened} = 1, ${ended}, ${seen}))`,
    `show ${columns.join(', ')}`,
    '',
  ].join('\n')
}

/** The exploration that asks whether it takes as long as before for what began in the last days. */
export function writeDurationTest(
  catalog: Catalog,
  subject: Omit<DurationSubject, 'fields'>,
  recentDays: number,
): string {
  const { began, waited, happened, account } = waitColumns
  const by = subject.account === undefined ? [happened] : [happened, account]
  return `${writeWaits(catalog, { ...subject, fields: [] })}test duration_shift ${waited} over ${began} by ${by.join(', ')} with recent = ${recentDays}\n`
}
