import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { quoteName } from '../../dsl/text/quote.ts'
import type { Slice, SliceValue } from '../hypothesis.ts'
import type { MeasureShape } from '../series/measure-shape.ts'
import { periodColumn } from '../series/scan-table.ts'
import {
  type History,
  keyColumn,
  type TestOptions,
  writeOptions,
  writeRange,
  writeScan,
  writeSliceCondition,
} from './write-exploration.ts'

export interface PeerSubject {
  readonly metric: Metric
  readonly shape: MeasureShape
  readonly history: History
  /** Only rows of this slice; empty for all. */
  readonly within: Slice
  /** The value that is compared with the other values of its field. */
  readonly member: SliceValue
  /** Options of the test besides the value: siblings that are left out, … */
  readonly options: TestOptions
}

/** How a value is named among its siblings. */
export const labelMember = ({ value }: SliceValue): string => (value === null ? '(empty)' : String(value))

/** Whether a count within a value is compared with all rows of each sibling, not with the siblings' counts. */
export const isShareOfRows = ({ measure }: Pick<Metric, 'measure'>, within: Slice): boolean =>
  measure === 'count()' && within.length > 0

/**
 * The exploration that compares one value of a field with the others: the rows of a shared scan, and the test. A count within a value is
 * asked as what part of each sibling's rows it is: `Hardware` in `Australia` against all rows of Australia.
 */
export function writePeerTest(catalog: Catalog, subject: PeerSubject): string {
  const { metric, shape, history, within, member, options } = subject
  const { model, name, time } = metric
  const dimensions = [member.field]
  const isShare = isShareOfRows(metric, within)
  const conditions = within.map((one) => writeSliceCondition(catalog, model, one)).join(' and ')
  const asked = isShare ? { ...metric, measure: `count(where ${conditions})` } : metric
  const scan = writeScan(catalog, {
    model,
    time,
    history,
    dimensions,
    metrics: [{ metric: asked, shape }],
    ...(!isShare && { within }),
  })
  const [period, key] = [periodColumn(history.grain, [name]), keyColumn(dimensions, 0, history.grain, [name])]
  const chosen = writeOptions({ subject: labelMember(member), ...options })
  return `${scan}test peer_outlier ${quoteName(name)} over ${period} by ${quoteName(key)}${chosen}\n`
}

/** What a mean is taken of: `amount` of `avg(amount)`. Undefined for measures that are no plain mean of a row's number. */
export const readRowExpression = ({ measure }: Pick<Metric, 'measure'>): string | undefined =>
  /^avg\((?!.*\bwhere\b)(.+)\)$/s.exec(measure.trim())?.[1]

export interface RowsSubject {
  readonly model: string
  readonly time: string
  readonly history: History
  /** Means of a number of a row, whose numbers are wanted. */
  readonly metrics: readonly Metric[]
}

/** The rows of a model with several means' numbers side by side. */
export function writeRows({ model, time, history, metrics }: RowsSubject): string {
  const columns = metrics.map((metric) => `add ${quoteName(metric.name)} = ${readRowExpression(metric)}`)
  return [
    `as of ${history.today}`,
    `from ${quoteName(model)}`,
    `where ${writeRange(time, history)}`,
    ...columns,
    `show ${metrics.map(({ name }) => quoteName(name)).join(', ')}`,
    '',
  ].join('\n')
}

/** The exploration that asks whether the numbers of two means go together, row by row. */
export function writePairTest(subject: RowsSubject, [first, second]: readonly [Metric, Metric]): string {
  const [one, other] = [quoteName(first.name), quoteName(second.name)]
  return `${writeRows({ ...subject, metrics: [first, second] })}where ${one} is not empty and ${other} is not empty\ntest correlation ${one} over ${other}\n`
}
