import type { Grain } from '../../base/periods.ts'
import type { Field } from '../../catalog/catalog.ts'
import type { BoundColumn, ValueType } from '../bind/bound.ts'
import type { NameBook } from '../plan/name-book.ts'
import type { SortKey } from '../plan/plan.ts'
import type { Grouping } from './rest.ts'
import { type Rows, useColumn } from './rows.ts'

/** What a condition has kept of a time, half-open: days, or instants where it was as fine. An end that is not bounded is undefined. */
export interface Bounds {
  readonly from: string | undefined
  readonly to: string | undefined
  /** Periods of what lasts, as `repeat` makes them: one that is not over is as whole as the others. */
  readonly isLasting?: true
}

/** A column that rows show after a step. */
export interface RelationColumn {
  readonly name: string
  readonly type: ValueType
  readonly unit: string | undefined
  /** In words, for sentences: `payment plan`. */
  readonly label: string
  /** Set where each value is the first day (or instant) of a period. */
  readonly bucket: Grain | undefined
  readonly bounds: Bounds | undefined
  /** The catalog's field, where the column holds its values. */
  readonly field: Field | undefined
  /** Physical column of the model, while the column is read from it. */
  readonly physical: string | undefined
  /** Whether it is empty where its model had no rows for the keys: `fill` fills these places too. */
  readonly hasGaps: boolean
  /** Whether it looks back over a stretch of time, so that its value in a period that is not there is not known. */
  readonly isTrailing: boolean
  /** Columns beside it that identify its value: a relation shown by its name. Not shown. */
  readonly identity: readonly string[]
  /** The model whose rows `identity` tells apart, by its key. */
  readonly model?: string
  /** The block that it was joined from, where one row of that stands beside several here. */
  readonly shared?: string
  /** Whether it is a ratio or an average of what stands behind a row, so that its average weighs nothing. */
  readonly isRatio?: true
  /** Whether it is what was there at the end of a period, so that one that is not over is as whole as the others. */
  readonly isLatest?: true
  /** How many of `Relation.repeats` had made several rows of one before it came to be: its values stand in several rows since the next. */
  readonly depth: number
}

/** What made several rows of one: the related rows of each, or the periods in which it was alive. */
export type Repeats =
  | { readonly kind: 'related'; readonly rows: Rows; readonly label: string }
  | { readonly kind: 'periods'; readonly column: string; readonly label: string }

/** What one row stands for. */
export type RowGrain =
  | { readonly kind: 'model' }
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  /** One row for everything. */
  | { readonly kind: 'all' }
  /** What identified a row is no longer shown. */
  | { readonly kind: 'unknown' }

/** What a step is given and gives: columns, what one row stands for, and the order of rows. No data in it. */
export interface Relation {
  readonly columns: readonly RelationColumn[]
  /** The model whose fields and relations may still be named; undefined once rows were grouped or chosen from. */
  readonly rows: Rows | undefined
  readonly grain: RowGrain
  readonly order: readonly SortKey[]
  /** Types of columns that are there but not shown: what rows are sorted and identified by. */
  readonly hidden: ReadonlyMap<string, ValueType>
  /** Ranges that conditions have put on columns, by name in the plan. */
  readonly bounds: ReadonlyMap<string, Bounds>
  /** What made several rows of one since rows were last grouped, first to last. */
  readonly repeats: readonly Repeats[]
  /** Right behind a group: what it was, for `top … rest as`. */
  readonly grouping?: Grouping
}

/** What cannot be started from gives: a mistake that was reported there. */
export const isNothing = ({ columns, rows }: Relation): boolean => columns.length === 0 && rows === undefined

export const findColumn = ({ columns }: Relation, name: string): RelationColumn | undefined =>
  columns.find((column) => column.name === name)

/** A column that a step made, with what is not said left out. */
export const createColumn = (
  column: Pick<RelationColumn, 'name' | 'type'> & Partial<RelationColumn>,
): RelationColumn => ({
  unit: undefined,
  label: column.label ?? column.name.replaceAll('_', ' '),
  bucket: undefined,
  bounds: undefined,
  field: undefined,
  physical: undefined,
  hasGaps: false,
  isTrailing: false,
  identity: [],
  depth: 0,
  ...column,
})

/** Names that identify a row, hidden ones included; empty while rows are those of a model. */
export function listKeys({ grain, columns }: Relation): readonly string[] {
  if (grain.kind !== 'keys') return []
  return grain.keys.flatMap((key) => {
    const identity = columns.find(({ name }) => name === key)?.identity ?? []
    return identity.length > 0 ? identity : [key]
  })
}

/** The type of a column in the plan, shown or not. */
export function findType(relation: Relation, name: string): ValueType {
  const { rows } = relation
  const reads = rows ? [rows, ...rows.expanded.values()] : []
  const read = reads
    .flatMap(({ path, scan }) =>
      [...scan.columns.values()].map(
        (column) => [path === '' ? column.name : `${path}.${column.name}`, column] as const,
      ),
    )
    .find(([full]) => full === name)?.[1]
  return findColumn(relation, name)?.type ?? relation.hidden.get(name) ?? read?.type ?? 'text'
}

export const toBound = (column: RelationColumn): BoundColumn => ({
  kind: 'column',
  name: column.name,
  type: column.type,
  ...(column.unit === undefined ? {} : { unit: column.unit }),
  rows: undefined,
  field: column.field,
  depth: column.depth,
  ...(column.shared === undefined ? {} : { shared: column.shared }),
  ...(column.isRatio ? { isRatio: true } : {}),
})

/** A shown column as a value: read from its model while it still is. */
export const readColumn = (column: RelationColumn, { rows }: Relation, names: NameBook): BoundColumn =>
  rows && column.physical !== undefined ? useColumn(rows, column.physical, names) : toBound(column)

/** The one column that counts periods along the rows, if there is exactly one. */
export function findTimeAxis(relation: Relation): RelationColumn | undefined {
  if (relation.grain.kind !== 'keys') return undefined
  const { keys } = relation.grain
  const axes = relation.columns.filter(({ name, bucket }) => bucket !== undefined && keys.includes(name))
  return axes.length === 1 ? axes[0] : undefined
}

/** The same rows, for a metric: they happened at its own time, and paths from them look into histories then. */
export function happenAt(relation: Relation, time: string): Relation {
  const { rows } = relation
  const column = rows?.scan.model.fields[time]?.column
  return rows && column !== undefined ? { ...relation, rows: { ...rows, time: column } } : relation
}
