import type { Day } from '../base/periods.ts'
import type { SliceValue } from '../hypotheses/hypothesis.ts'

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

/** What a story says of the data, not of the business: told in place of the movements that it makes. */
export type DataFault = RenamedValue

/** How much a fault is worth telling, 0..1 each, as `scoreFinding` wants it: a new name takes nothing from the business. */
const weights: Readonly<Record<DataFault['kind'], { readonly share: number; readonly kindWeight: number }>> = {
  renamed_value: { share: 0.01, kindWeight: 0.5 },
}

/** In place of what its lead would weigh: what to make of it is said, and no slice explains it. */
export const weighFault = ({ kind }: DataFault) => ({ ...weights[kind], drivers: [] })
