import type { Day, Grain } from '../base/periods.ts'
import type { DeclaredEvent } from '../catalog/catalog.ts'
import type { Series } from '../detectors/detector.ts'
import type { MeasureShape } from './measure-shape.ts'

export interface SeriesInput {
  readonly shape: MeasureShape
  readonly grain: Grain
  readonly periods: readonly Day[]
  /** One entry a period; NaN where the warehouse had none. */
  readonly values: Float64Array
  readonly weights: Float64Array | undefined
  /** Periods in which the whole table has no rows although it should: no evidence of anything. */
  readonly missing: ReadonlySet<Day>
  readonly events: readonly DeclaredEvent[]
}

/** Periods that hold a declared event. A week is left out when one of its days is: its value is not that of a plain week. */
export function markEvents(periods: readonly Day[], grain: Grain, events: readonly DeclaredEvent[]): Uint8Array {
  const marks = new Uint8Array(periods.length)
  if (grain !== 'day') return marks
  periods.forEach((day, at) => {
    if (events.some(({ from, to }) => day >= from && day <= to)) marks[at] = 1
  })
  return marks
}

/**
 * The series of one slice as detectors want it. What adds up (counts, sums) is 0 where there were no rows; a rate or mean of nothing
 * is nothing (NaN). Periods in which data are missing are nothing in either case, and excluded like declared events.
 */
export function buildSeries({ shape, grain, periods, values, weights, missing, events }: SeriesInput): Series {
  const excluded = markEvents(periods, grain, events)
  const fillsWithZero = shape.weight === undefined && shape.kind !== 'mean' && shape.kind !== 'ratio'
  const filled = Float64Array.from(values, (value) => (Number.isNaN(value) && fillsWithZero ? 0 : value))
  const heavy = weights && Float64Array.from(weights, (weight) => (Number.isNaN(weight) ? 0 : weight))
  periods.forEach((day, at) => {
    if (!missing.has(day)) return
    excluded[at] = 1
    filled[at] = Number.NaN
    if (heavy) heavy[at] = 0
  })
  return { at: periods, values: filled, grain, kind: shape.kind, ...(heavy && { weights: heavy }), excluded }
}
