import type { Day, Stretch } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import type { Slice } from '../hypothesis.ts'
import type { MeasureShape } from '../series/measure-shape.ts'
import { writeSliceCondition, writeStretch } from './write-exploration.ts'

/** Stretches of days, each half-open: those that moved, and those before that say what to expect of them. */
export interface Sides {
  readonly now: readonly Stretch[]
  readonly before: readonly Stretch[]
}

export interface SidesSubject {
  readonly metric: Metric
  readonly shape: MeasureShape
  readonly slice: Slice
  readonly sides: Sides
  /** Fields or to-one paths that cut the rows. */
  readonly keys: readonly string[]
  /** What of time counts by itself: the day of the week, or nothing where periods are weeks. */
  readonly phase: 'day_of_week' | undefined
  readonly today: Day
}

/**
 * The exploration of what a metric was in the periods that moved and in those before, by fields. Columns: `side` (`now` or `before`), `phase`, `k0` and so on,
 * `value`, and `weight` where the shape has one. Needs a metric whose rows add up over periods.
 */
export function writeSides(catalog: Catalog, subject: SidesSubject): string {
  const { metric, shape, slice, sides, keys, phase, today } = subject
  const time = quotePath(metric.time.split('.'))
  const start = sides.now[0]?.from ?? today
  const groups = [
    `side = if(${time} >= ${start}, "now", "before")`,
    ...(phase ? [`phase = ${phase}(${time})`] : []),
    ...keys.map((path, at) => `k${at} = ${quotePath(path.split('.'))}`),
  ]
  const measures = [`value = ${metric.measure}`, ...(shape.weight === undefined ? [] : [`weight = ${shape.weight}`])]
  return [
    `as of ${today}`,
    `from ${quoteName(metric.model)}`,
    `where ${writeConditions(catalog, metric, slice, [...sides.before, ...sides.now])}`,
    `group by ${groups.join(', ')}: ${measures.join(', ')}`,
    '',
  ].join('\n')
}

/** The exploration of how many values each field has in the rows of both sides: one row, a column a field. */
export function writeValueCounts(
  catalog: Catalog,
  { metric, slice, sides, today }: Pick<SidesSubject, 'metric' | 'slice' | 'sides' | 'today'>,
  fields: readonly string[],
): string {
  const counts = fields.map((path, at) => `n${at} = count_distinct(${quotePath(path.split('.'))})`)
  return [
    `as of ${today}`,
    `from ${quoteName(metric.model)}`,
    `where ${writeConditions(catalog, metric, slice, [...sides.before, ...sides.now])}`,
    `group all: ${counts.join(', ')}`,
    '',
  ].join('\n')
}

function writeConditions(catalog: Catalog, metric: Metric, slice: Slice, stretches: Sides['now']): string {
  const times = stretches.map((one) => writeStretch(metric.time, one))
  return [...slice.map((one) => writeSliceCondition(catalog, metric.model, one)), `(${times.join(' or ')})`].join(
    ' and ',
  )
}
