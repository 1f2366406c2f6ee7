import type { Day, Grain } from '../../base/periods.ts'
import type { DeclaredEvent } from '../../catalog/catalog.ts'
import type { Series } from '../../detectors/shapes.ts'
import type { MeasureShape } from './measure-shape.ts'

export interface SeriesInput {
  readonly shape: MeasureShape
  readonly grain: Grain
  readonly periods: readonly Day[]
  /** One entry a period; NaN where the warehouse had none. */
  readonly values: Float64Array
  readonly weights: Float64Array | undefined
  readonly marks: PeriodMarks
}

/** Periods that are no evidence, worked out once a table. Each has one entry a period. */
export interface PeriodMarks {
  /** 1 where the whole table has no rows although it should. */
  readonly missing: Uint8Array
  /** 1 there, and where a declared event lies. */
  readonly excluded: Uint8Array
}

/**
 * Marks holes in the data and declared events. A week is not left out for an event on one of its days: most weeks of a year would be.
 */
export function markPeriods(
  periods: readonly Day[],
  grain: Grain,
  missing: readonly Day[],
  events: readonly DeclaredEvent[],
): PeriodMarks {
  const holes = new Set(missing)
  const hasEvent = (day: Day) => grain === 'day' && events.some(({ from, to }) => day >= from && day <= to)
  return {
    missing: Uint8Array.from(periods, (day) => (holes.has(day) ? 1 : 0)),
    excluded: Uint8Array.from(periods, (day) => (holes.has(day) || hasEvent(day) ? 1 : 0)),
  }
}

/**
 * The series of one slice as detectors want it. What adds up (counts, sums) is 0 where there were no rows; a rate or mean of nothing
 * is nothing (NaN). Periods in which data are missing are nothing in either case, and excluded like declared events.
 */
export function buildSeries({ shape, grain, periods, values, weights, marks }: SeriesInput): Series {
  const fillsWithZero = shape.weight === undefined && shape.kind !== 'mean' && shape.kind !== 'ratio'
  const { missing, excluded } = marks
  const filled = values.map((value, at) =>
    missing[at] === 1 ? Number.NaN : Number.isNaN(value) && fillsWithZero ? 0 : value,
  )
  const heavy = weights?.map((weight, at) => (missing[at] === 1 || Number.isNaN(weight) ? 0 : weight))
  return { at: periods, values: filled, grain, kind: shape.kind, ...(heavy && { weights: heavy }), excluded }
}
