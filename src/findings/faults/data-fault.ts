import type { Day } from '../../base/periods.ts'
import type { SliceValue } from '../../hypotheses/hypothesis.ts'

/** A value of a field that goes on under another name. */
export interface RenamedValue {
  readonly kind: 'renamed_value'
  readonly model: string
  /** Of the model, or a to-one path. */
  readonly field: string
  /** The model that has the field, and its name there: `account.plan`, by whatever path. */
  readonly owned: string
  readonly from: SliceValue['value']
  readonly to: SliceValue['value']
  /** First period under the new name. */
  readonly since: Day
  /** Rows a period since then, and as many as the old name lets expect. */
  readonly observed: number
  readonly expected: number
}

/** Rows of several tables that the pipeline lost, or loaded twice. */
export interface PipelineFault {
  readonly kind: 'pipeline_fault'
  readonly since: Day
  /** The day after the last affected one; null while it lasts. */
  readonly to: Day | null
  /** Share by which the rows of all tables moved. */
  readonly change: number
  /** Metrics as wholes that moved with it, each by a share of its own. */
  readonly concerns: readonly { readonly model: string; readonly metric: string; readonly change: number }[]
}

/** What a story says of the data, not of the business: told in place of the movements that it makes. */
export type DataFault = RenamedValue | PipelineFault

/**
 * How much a fault is worth telling, 0..1 each, as `scoreFinding` wants it: a new name takes nothing from the business; where rows are missing, nothing else
 * that is said of the time holds.
 */
const weights: Readonly<Record<DataFault['kind'], { readonly share: number; readonly kindWeight: number }>> = {
  renamed_value: { share: 0.01, kindWeight: 0.5 },
  pipeline_fault: { share: 1, kindWeight: 1 },
}

/** In place of what its lead would weigh: what to make of it is said, and no slice explains it. */
export const weighFault = ({ kind }: DataFault) => ({ ...weights[kind], drivers: [] })
