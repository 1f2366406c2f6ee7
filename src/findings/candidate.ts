import type { Day } from '../base/periods.ts'
import type { Slice } from '../hypotheses/hypothesis.ts'
import type { Movement, Window } from './explain/measure-movement.ts'
import type { Parts } from './explain/parts.ts'
import type { DataFault } from './faults/data-fault.ts'
import type { StoredVerdict } from './finding.ts'

export type TestedVerdict = Extract<StoredVerdict, { status: 'tested' }>

/** A verdict that error control let through, with the numbers that judging it among its kin needs. */
export interface Candidate {
  readonly verdict: TestedVerdict
  readonly qValue: number
  readonly parts: Parts
  readonly window: Window
  readonly movement: Movement
  /** What is left of it once all other rows are followed; present where these made a good part of it. */
  readonly net?: Movement | undefined
  /** Whether it went against all other rows, which hide a part of it: `movement` is then that of its share of them. */
  readonly isAgainst?: boolean
  /** What it is a part of that is told, too: it is told for what it did beyond that, or against it. */
  readonly furtherThan?: readonly Slice[]
}

/** The tables of one model and time field, as the judge asks them. */
export interface SliceSpace {
  readonly periods: readonly Day[]
  /** 1 where a period is no evidence. */
  readonly excluded: Uint8Array
  /** Periods of a season: 7 for days, 1 for weeks. */
  readonly season: number
  /**
   * Rows of `slice` in parts. `near` is a slice whose conditions are among those of `slice`: beyond two conditions the rows are read
   * from the warehouse, and reading them within `near` serves all its neighbours at once. Undefined when the metric is not in the tables.
   */
  readonly partsOf: (metric: string, slice: Slice, near: Slice) => Promise<Parts | undefined>
  /** Rows of a slice by period, from any scan that is cut so: for what asks of rows alone. Absent: those of `partsOf`. */
  readonly rowsOf?: (slice: Slice) => Promise<Float64Array | undefined>
  /** Whether what it comes to in slices sums to what it does in all: not so for medians and distinct counts. Absent: it does. */
  readonly addsUp?: (metric: string) => boolean
  /** Slices by these fields that have rows; none where no scan is cut by them. */
  readonly slicesBy: (fields: readonly string[]) => Promise<readonly Slice[]>
}

/** One movement, told by the slice that explains it; the others tell of the same. */
export interface Story {
  readonly lead: Candidate
  readonly merged: readonly Candidate[]
  /** Present where it is about the data. */
  readonly fault?: DataFault
}
