import type { FieldType, Metric, Semantics } from '../catalog.ts'

/** A model that was inferred, with the reason for each part: `note` becomes a comment in the file. */
export interface DraftModel {
  readonly name: string
  /** Table as the warehouse names it. */
  readonly table: string
  readonly tableNote: string
  /** Stands in the place of the table where a time had to be fetched from another one. */
  readonly sql: string | undefined
  readonly key: readonly string[]
  readonly keyNote: string
  readonly fields: readonly DraftField[]
  readonly relations: readonly DraftRelation[]
  readonly semantics: Pick<Semantics, 'kind' | 'name' | 'created' | 'time'>
  readonly metrics: readonly DraftMetric[]
  /** Few rows that one looks at as a whole. */
  readonly portrait: boolean
  /** Why there are none, or what was left out. */
  readonly metricsNote: string | undefined
}

export interface DraftField {
  readonly name: string
  readonly column: string
  /** Where the name cannot say it. */
  readonly label: string | undefined
  readonly type: FieldType
  readonly values: readonly { readonly value: string; readonly label: string }[]
  readonly hidden: boolean
  readonly pii: boolean
  readonly note: string | undefined
}

export interface DraftRelation {
  readonly name: string
  readonly to: string
  readonly kind: 'one' | 'many'
  readonly column: string
  readonly note: string
}

export interface DraftMetric
  extends Pick<Metric, 'name' | 'label' | 'measure' | 'time' | 'good' | 'slices' | 'unit' | 'format'> {
  readonly note: string | undefined
}
