import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import { type History, writeRange } from '../write/write-exploration.ts'

/** Columns of the rows: the day of each, whose it is, and its value. */
export const driftColumns = { day: 'day', account: 'account', value: 'value' } as const

/** Column of one of several fields. */
export const valueColumn = (at: number): string => `value_${at}`

export interface ValuesSubject {
  readonly model: string
  readonly time: string
  readonly history: History
  /** Path to the key of the account behind a row, where there is one. */
  readonly account: string | undefined
}

const write = ({ model, time, history, account }: ValuesSubject, columns: readonly string[]): string => {
  const shown = [
    `day(${quoteName(time)}) as ${driftColumns.day}`,
    ...(account === undefined ? [] : [`${quotePath(account.split('.'))} as ${driftColumns.account}`]),
    ...columns,
  ]
  return [
    `as of ${history.today}`,
    `from ${quoteName(model)}`,
    `where ${writeRange(time, history)}`,
    `show ${shown.join(', ')}`,
    '',
  ].join('\n')
}

/** The exploration of the rows of some weeks with their values of several fields. */
export const writeValues = (subject: ValuesSubject, fields: readonly string[]): string =>
  write(
    subject,
    fields.map((field, at) => `${quoteName(field)} as ${valueColumn(at)}`),
  )

/** The exploration that asks whether the values of a field are spread as before in the last days. */
export function writeDriftTest(subject: ValuesSubject, field: string, recentDays: number): string {
  const { day, account, value } = driftColumns
  const by = subject.account === undefined ? '' : ` by ${account}`
  return `${write(subject, [`${quoteName(field)} as ${value}`])}test drift ${value} over ${day}${by} with recent = ${recentDays}\n`
}
