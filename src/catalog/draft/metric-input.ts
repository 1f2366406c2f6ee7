import type { DraftField, DraftMetric, DraftModel, DraftRelation } from './draft.ts'
import type { CheckedSpan, ColumnProfile } from './table-profile.ts'

/** A field together with what was seen of it. */
export interface SeenField extends DraftField {
  readonly seen: ColumnProfile
}

export interface MetricInput {
  readonly model: string
  readonly kind: DraftModel['semantics']['kind']
  readonly fields: readonly SeenField[]
  readonly relations: readonly DraftRelation[]
  readonly spans: readonly CheckedSpan[]
  readonly rows: number
  /** Name of the field that says when a row came to be. */
  readonly time: string
  readonly slices: readonly string[]
}

/** A metric before its slices are known. */
export type UnslicedMetric = Omit<DraftMetric, 'slices'>
