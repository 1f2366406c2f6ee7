import type { Day, Grain, Stretch } from '../../base/periods.ts'
import type { Catalog, FieldType, Metric } from '../../catalog/catalog.ts'
import { formatValue, quoteName, quoteNumber, quotePath, quoteText } from '../../dsl/text/quote.ts'
import { findField } from '../data/find-field.ts'
import type { Slice, SliceValue } from '../hypothesis.ts'
import type { MeasureShape } from '../series/measure-shape.ts'
import { periodColumn, rowsColumn, weightColumn } from '../series/scan-table.ts'

const writePath = (path: string): string => quotePath(path.split('.'))

/** `source = "paid_search"`, `account.plan is empty`. */
export function writeCondition({ field, value }: SliceValue, type: FieldType): string {
  const name = writePath(field)
  return value === null ? `${name} is empty` : `${name} = ${formatValue(value, type)}`
}

/** A stretch of whole periods that ends with the last one judged. */
export interface History {
  readonly grain: Grain
  readonly periods: number
  /** The day that counts as today: the one after the last day judged. */
  readonly today: Day
}

export const writeRange = (time: string, { grain, periods }: History): string =>
  `${writePath(time)} in last ${periods} ${grain}${periods === 1 ? '' : 's'}`

export const writeStretch = (time: string, { from, to }: Stretch): string =>
  `${writePath(time)} >= ${from} and ${writePath(time)} < ${to}`

export interface ScanSubject {
  readonly model: string
  readonly time: string
  readonly history: History
  readonly dimensions: readonly string[]
  readonly metrics: readonly { readonly metric: Metric; readonly shape: MeasureShape }[]
  /** Only the rows of this slice. */
  readonly within?: Slice
  /** Only these stretches of days, each half-open. */
  readonly only?: readonly Stretch[]
}

/** The exploration of a shared scan: every metric and what weighs it, by period and by the fields that cut the rows. */
export function writeScan(catalog: Catalog, subject: ScanSubject): string {
  const { model, time, history, dimensions, metrics, within = [], only = [] } = subject
  const conditions = [
    ...within.map((one) => writeCondition(one, typeOf(catalog, model, one))),
    writeRange(time, history),
    ...(only.length > 0 ? [`(${only.map((stretch) => writeStretch(time, stretch)).join(' or ')})`] : []),
  ]
  const names = metrics.map(({ metric }) => metric.name)
  const [period, rows] = [periodColumn(history.grain, names), rowsColumn(names)]
  const keys = dimensions.map((path, at) => {
    const column = keyColumn(dimensions, at, history.grain, names)
    return column === lastPart(path) ? writePath(path) : `${quoteName(column)} = ${writePath(path)}`
  })
  const measures = [`${rows} = count()`, ...metrics.flatMap(({ metric, shape }) => writeMeasures(metric, shape, names))]
  return [
    `as of ${history.today}`,
    `from ${quoteName(model)}`,
    `where ${conditions.join(' and ')}`,
    `group by ${[writePeriod(time, history.grain, period), ...keys].join(', ')}: ${measures.join(', ')}`,
    '',
  ].join('\n')
}

/** The periods, under their own name unless a metric has it. */
export const writePeriod = (time: string, grain: Grain, name: string): string =>
  name === grain ? `${grain}(${writePath(time)})` : `${name} = ${grain}(${writePath(time)})`

const lastPart = (path: string): string => path.split('.').at(-1) ?? path

/** Column of a key in a scan: as it is; under its whole path where its last part alone would be a second column of one name. */
export function keyColumn(dimensions: readonly string[], at: number, grain: Grain, metrics: readonly string[]): string {
  const path = dimensions[at]!
  const own = lastPart(path)
  const taken = [
    periodColumn(grain, metrics),
    rowsColumn(metrics),
    ...metrics,
    ...metrics.map((name) => weightColumn(name, metrics)),
  ]
  const isTaken = taken.includes(own) || dimensions.some((one, other) => other !== at && lastPart(one) === own)
  return isTaken ? `by_${path.replaceAll('.', '_')}` : own
}

/** A metric, and the rows behind it where the test weighs by them; `names` are those of all metrics beside it. */
function writeMeasures(metric: Metric, { weight }: MeasureShape, names: readonly string[]): readonly string[] {
  const value = `${quoteName(metric.name)} = ${metric.measure}`
  return weight === undefined ? [value] : [value, `${quoteName(weightColumn(metric.name, names))} = ${weight}`]
}

/** A condition on a field of `model`. */
export const writeSliceCondition = (catalog: Catalog, model: string, one: SliceValue): string =>
  writeCondition(one, typeOf(catalog, model, one))

const typeOf = (catalog: Catalog, model: string, { field }: SliceValue): FieldType =>
  findField(catalog, model, field)?.field.type ?? 'text'

/** Options of a test, by their names. */
export type TestOptions = Readonly<Record<string, string | number | boolean>>

/** ` with subject = "Hardware", alike = true`; nothing where there are none. */
export function writeOptions(options: TestOptions = {}): string {
  const written = Object.entries(options).map(
    ([name, value]) =>
      `${name} = ${typeof value === 'string' ? quoteText(value) : typeof value === 'number' ? quoteNumber(value) : value}`,
  )
  return written.length === 0 ? '' : ` with ${written.join(', ')}`
}

export interface TestSubject {
  readonly metric: Metric
  readonly shape: MeasureShape
  readonly slice: Slice
  readonly history: History
  readonly detector: string
  readonly options?: TestOptions | undefined
}

/**
 * The exploration of one hypothesis. Alone it gives exactly the numbers that the shared scan gave: same rows, same measures, same
 * periods, 0 where there was nothing to count. The rows behind a rate or mean stand beside it, since the test weighs by them.
 */
export function writeTest(catalog: Catalog, subject: TestSubject): string {
  const { metric, shape, slice, history, detector, options } = subject
  const conditions = [
    ...slice.map((one) => writeCondition(one, typeOf(catalog, metric.model, one))),
    writeRange(metric.time, history),
  ]
  const { grain } = history
  const period = periodColumn(grain, [metric.name])
  return [
    `as of ${history.today}`,
    `from ${quoteName(metric.model)}`,
    `where ${conditions.join(' and ')}`,
    `group by ${writePeriod(metric.time, grain, period)}: ${writeMeasures(metric, shape, [metric.name]).join(', ')}`,
    shape.kind === 'count' || shape.kind === 'amount' ? `fill ${period} with 0` : `fill ${period}`,
    `test ${detector} ${quoteName(metric.name)} over ${period}${writeOptions(options)}`,
    '',
  ].join('\n')
}
