import type { Stretch } from '../../base/periods.ts'
import type { Catalog, Funnel, FunnelStage } from '../../catalog/catalog.ts'
import { quoteName, quotePath, quoteText } from '../../dsl/text/quote.ts'
import type { Slice } from '../hypothesis.ts'
import { writeSliceCondition, writeStretch } from '../write/write-exploration.ts'
import { findEventModel } from './list-steps.ts'

/** Columns of those who began: the day, how many stages they reached, whose they are, and whether they went on. */
export const funnelColumns = { began: 'began', reached: 'reached', account: 'account', wentOn: 'went_on' } as const

/** Column of a field by which they are cut. */
export const valueColumn = (at: number): string => `value_${at}`

export interface FunnelSubject {
  readonly funnel: Funnel
  /** Days of beginnings, each with its whole window behind it. */
  readonly days: Stretch
  /** The day after the last one known. */
  readonly today: string
  /** Path to the key of the account behind a row, where there is one. */
  readonly account: string | undefined
  readonly slice: Slice
}

const stageColumn = (at: number): string => `stage_${at}`
const writePath = (text: string): string => quotePath(text.split('.'))

function writeStages(catalog: Catalog, funnel: Funnel): readonly string[] {
  const events = findEventModel(catalog, funnel)
  const { name = 'name', time = 'at' } = events?.semantics ?? {}
  const at = quoteName(time)
  const began = `this.${quoteName(funnel.time)}`
  const conditionOf = (stage: FunnelStage) =>
    'where' in stage ? `(${stage.where})` : `${quoteName(name)} = ${quoteText(stage.event)}`
  return funnel.stages.map((stage, index) => {
    const since = index === 0 ? began : `this.${stageColumn(index)}`
    const window = `${at} >= ${since} and ${at} < ${began} + ${funnel.withinDays} days`
    return `add ${stageColumn(index + 1)} = min(${quotePath([...funnel.path, time])} where ${conditionOf(stage)} and ${window})`
  })
}

/** The lines up to the number of stages that each row reached, one after the other, within the window from its beginning. */
function writeReached(catalog: Catalog, { funnel, days, today, slice }: FunnelSubject): readonly string[] {
  const conditions = [
    ...slice.map((one) => writeSliceCondition(catalog, funnel.model, one)),
    writeStretch(funnel.time, days),
  ]
  const reached = funnel.stages.reduce(
    (otherwise, _, at) => `if(${stageColumn(at + 1)} is not empty, ${at + 1}, ${otherwise})`,
    '0',
  )
  return [
    `as of ${today}`,
    `from ${quoteName(funnel.model)}`,
    `where ${conditions.join(' and ')}`,
    ...writeStages(catalog, funnel),
    `add ${funnelColumns.reached} = ${reached}`,
  ]
}

const writeColumns = ({ funnel, account }: FunnelSubject, column: string): readonly string[] => [
  `day(${quoteName(funnel.time)}) as ${funnelColumns.began}`,
  column,
  ...(account === undefined ? [] : [`${writePath(account)} as ${funnelColumns.account}`]),
]

/** The exploration of all who began and how far they came, with the values of fields beside them. */
export function writeFunnel(catalog: Catalog, subject: FunnelSubject, fields: readonly string[]): string {
  const values = fields.map((field, at) => `${writePath(field)} as ${valueColumn(at)}`)
  const columns = [...writeColumns(subject, funnelColumns.reached), ...values]
  return [...writeReached(catalog, subject), `show ${columns.join(', ')}`, ''].join('\n')
}

/** The exploration that asks whether those who began lately and came so far go on as often as those before. */
export function writeFunnelTest(catalog: Catalog, subject: FunnelSubject, stage: number, recentDays: number): string {
  const { reached, wentOn, began, account } = funnelColumns
  const by = subject.account === undefined ? '' : ` by ${account}`
  return [
    ...writeReached(catalog, subject),
    ...(stage === 0 ? [] : [`where ${reached} >= ${stage}`]),
    `add ${wentOn} = if(${reached} >= ${stage + 1}, 1, 0)`,
    `show ${writeColumns(subject, wentOn).join(', ')}`,
    `test funnel_shift ${wentOn} over ${began}${by} with recent = ${recentDays}, window = ${subject.funnel.withinDays}`,
    '',
  ].join('\n')
}
