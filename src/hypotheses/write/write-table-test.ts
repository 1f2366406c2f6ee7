import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { quoteName } from '../../dsl/text/quote.ts'
import type { MeasureShape } from '../series/measure-shape.ts'
import { periodColumn } from '../series/scan-table.ts'
import { type History, keyColumn, type TestOptions, writeOptions, writeScan } from './write-exploration.ts'

export interface TableSubject {
  readonly metric: Metric
  readonly shape: MeasureShape
  readonly history: History
  /** Fields whose values are put beside each other. */
  readonly fields: readonly string[]
  readonly detector: string
  readonly options?: TestOptions
}

/**
 * The exploration that puts the values of one or several fields beside each other over time: the rows of a shared scan with all their periods,
 * and the test. A rate of nothing stays nothing, and what adds up is 0 there when it is read, as in the scan.
 */
export function writeTableTest(catalog: Catalog, subject: TableSubject): string {
  const { metric, shape, history, fields, detector, options } = subject
  const { model, name, time } = metric
  const scan = writeScan(catalog, { model, time, history, dimensions: fields, metrics: [{ metric, shape }] })
  const period = periodColumn(history.grain, [name])
  const keys = fields.map((_, at) => quoteName(keyColumn(fields, at, history.grain, [name]))).join(', ')
  return `${scan}fill ${period} per ${keys}\ntest ${detector} ${quoteName(name)} over ${period} by ${keys}${writeOptions(options)}\n`
}
