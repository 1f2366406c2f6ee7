import type { Field, Model, Relation } from '../catalog/catalog.ts'
import type { Bound, BoundColumn } from './bound.ts'
import type { NameBook } from './name-book.ts'
import type { Column } from './plan.ts'

/** One read of a model. `columns` grows while steps are checked, so that only what is used is read. */
export interface ScanUse {
  readonly model: Model
  readonly columns: Map<string, Column & { readonly column: string }>
  /** Conditions that every reader of the model is held to. */
  policies: readonly Bound[]
}

/** A row of a model: the one that a step looks at, or the one that a to-one relation leads to from there. */
export interface Rows {
  readonly scan: ScanUse
  /** Relations from the step's own row, with dots; empty for that row itself. */
  readonly path: string
  readonly via:
    | {
        readonly from: Rows
        readonly on: readonly { readonly left: string; readonly right: string }[]
        /** Columns of `from` that tell these rows apart without a look at them; undefined where only their own key does. */
        readonly reference: readonly string[] | undefined
      }
    | undefined
  /** Local names that are read from here. */
  readonly exports: Set<string>
  readonly joined: Map<string, Rows>
  /** Rows that `expand` put beside the step's own, by the name that they go by. They are part of the plan already. */
  readonly expanded: ReadonlyMap<string, Rows>
  /** As of a relation's column: that of all columns read from here. */
  readonly depth: number
}

export function openRows(model: Model): Rows {
  return {
    scan: { model, columns: new Map(), policies: [] },
    path: '',
    via: undefined,
    exports: new Set(),
    joined: new Map(),
    expanded: new Map(),
    depth: 0,
  }
}

/**
 * Sees to it that the physical column is read, and gives its name within the scan. One that is no field has the type of the field
 * `other` that it is paired with; where that is none either it counts as a number, which engines sort without a collation.
 */
function useLocal(scan: ScanUse, column: string, names: NameBook, other: Field | undefined): Column {
  const known = scan.columns.get(column)
  if (known) return known
  const field = findField(scan.model, column)
  const used = {
    name: field?.name ?? names.reserve(column, scan.model.fields),
    type: field?.type ?? other?.type ?? 'number',
    ...(field?.unit === undefined ? {} : { unit: field.unit }),
    column,
  }
  scan.columns.set(column, used)
  return used
}

export const findField = ({ fields }: Model, column: string): Field | undefined =>
  fields[column]?.column === column ? fields[column] : Object.values(fields).find((field) => field.column === column)

/** A physical column of the row, as a value. */
export function useColumn(rows: Rows, column: string, names: NameBook, other?: Field): BoundColumn {
  const local = useLocal(rows.scan, column, names, other)
  rows.exports.add(local.name)
  return {
    kind: 'column',
    name: rows.path === '' ? local.name : `${rows.path}.${local.name}`,
    type: local.type,
    ...(local.unit === undefined ? {} : { unit: local.unit }),
    rows,
    field: findField(rows.scan.model, column),
  }
}

/** The row that `relation` leads to; the same one however often it is asked for. `open` starts a read of its model. */
export function followRelation(
  rows: Rows,
  relation: Pick<Relation, 'name' | 'pairs'>,
  open: () => Rows,
  names: NameBook,
): Rows {
  const known = rows.joined.get(relation.name)
  if (known) return known
  const { scan } = open()
  const on = relation.pairs.map(({ own, other }) => ({
    left: useColumn(rows, own, names, findField(scan.model, other)).name,
    right: useLocal(scan, other, names, findField(rows.scan.model, own)).name,
  }))
  const path = rows.path === '' ? relation.name : `${rows.path}.${relation.name}`
  const isByKey = scan.model.key.every((key) => relation.pairs.some(({ other }) => other === key))
  const reference = isByKey ? relation.pairs.map(({ own }) => own) : undefined
  const joined: Rows = { ...openRows(scan.model), scan, path, via: { from: rows, on, reference }, depth: rows.depth }
  rows.joined.set(relation.name, joined)
  return joined
}

/** Related rows as `expand` puts them beside the row `outer`: one at a time, under a name of their own. */
export const expandRows = (outer: Rows, { scan }: Rows, name: string, depth: number): Rows => ({
  ...openRows(scan.model),
  scan,
  path: name,
  via: { from: outer, on: [], reference: undefined },
  depth,
})

/** What tells the row that a path leads to apart from others: the columns that refer to it, else its key. */
export function identifyRow(rows: Rows, names: NameBook): readonly BoundColumn[] {
  const { model } = rows.scan
  const { via } = rows
  const own = via?.reference
  if (!via || !own) return model.key.map((column) => useColumn(rows, column, names))
  return own.map((column, at) => useColumn(via.from, column, names, findField(model, model.key[at] ?? '')))
}
