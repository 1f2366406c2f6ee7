/** The parts of a catalog's file that a manifest is translated to. */
export interface FieldText {
  readonly type: 'timestamp' | 'text' | 'number' | 'boolean'
}

export interface RelationText {
  readonly to: string
  /** Columns here by columns there. */
  readonly one?: Readonly<Record<string, string>>
  readonly many?: Readonly<Record<string, string>>
  readonly valid?: readonly string[]
}

export interface ModelText {
  readonly table: string
  readonly key: string
  readonly fields: Readonly<Record<string, FieldText>>
  readonly relations: Readonly<Record<string, RelationText>>
  readonly metrics: Readonly<Record<string, object | undefined>>
}
