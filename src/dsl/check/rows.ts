import type { Calendar } from '../../base/periods.ts'
import type { Field, FieldType, Model, Relation } from '../../catalog/catalog.ts'
import type { Bound, BoundColumn } from '../bind/bound.ts'
import type { NameBook } from '../plan/name-book.ts'
import type { Column } from '../plan/plan.ts'
import { bindValidity, findOwnTime, type Moment, type Validity } from './moment.ts'

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
        /** Which of the rows that match is meant, where there may be several. */
        readonly choice: Choice | undefined
      }
    | undefined
  /** Local names that are read from here. */
  readonly exports: Set<string>
  readonly joined: Map<string, Rows>
  /** Rows that `expand` put beside the step's own, by the name that they go by. They are part of the plan already. */
  readonly expanded: ReadonlyMap<string, Rows>
  /** As of a relation's column: that of all columns read from here. */
  readonly depth: number
  /** Physical column of the time at which the row happened, if it did not last: paths from here look into histories at that time. */
  readonly time: string | undefined
}

/** The one valid at a moment, of several the one that began last; then the first by its key. Names are those of the scan. */
export interface Choice {
  readonly validity: Validity | undefined
  readonly key: readonly string[]
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
    time: findOwnTime(model),
  }
}

/**
 * Sees to it that the physical column is read, and gives its name within the scan. One that is no field has the type
 * `other`, of what it is paired with; where that is none either it counts as a number, which engines sort without a collation.
 */
function useLocal(scan: ScanUse, column: string, names: NameBook, other: FieldType | undefined): Column {
  const known = scan.columns.get(column)
  if (known) return known
  const field = findField(scan.model, column)
  const used = {
    name: field?.name ?? names.reserve(column, scan.model.fields),
    type: field?.type ?? other ?? 'number',
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
  const local = useLocal(rows.scan, column, names, other?.type)
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

interface Opener {
  /** Starts a read of the other model. */
  readonly open: () => Rows
  readonly names: NameBook
  readonly calendar: Calendar
  /** When a row of a history must be valid; only where the relation has a validity. */
  readonly moment?: Moment
}

/** Which row is meant: none to choose from where the relation leads to the key, and holds at all times. */
function chooseRow(
  scan: ScanUse,
  { pairs, valid }: Pick<Relation, 'pairs' | 'valid'>,
  { names, calendar, moment }: Opener,
): Choice | undefined {
  const { key } = scan.model
  const isByKey = key.every((column) => pairs.some(({ other }) => other === column))
  if (isByKey && !valid) return undefined
  const bounds = valid?.map((column) => useLocal(scan, column, names, 'timestamp'))
  const validity = bounds && moment ? bindValidity(bounds[0]!, bounds[1]!, moment, calendar) : undefined
  return { validity, key: key.map((column) => useLocal(scan, column, names, undefined).name) }
}

/** The row that `relation` leads to (at a moment, for a history); the same one however often it is asked for. */
export function followRelation(rows: Rows, relation: Pick<Relation, 'name' | 'pairs' | 'valid'>, opener: Opener): Rows {
  const { open, names, moment } = opener
  const name = relation.valid && moment?.name ? `${relation.name} at ${moment.name}` : relation.name
  const known = rows.joined.get(name)
  if (known) return known
  const { scan } = open()
  const on = relation.pairs.map(({ own, other }) => ({
    left: useColumn(rows, own, names, findField(scan.model, other)).name,
    right: useLocal(scan, other, names, findField(rows.scan.model, own)?.type).name,
  }))
  const path = rows.path === '' ? name : `${rows.path}.${name}`
  const choice = chooseRow(scan, relation, opener)
  const { key } = scan.model
  const reference = choice ? undefined : key.map((part) => relation.pairs.find(({ other }) => other === part)!.own)
  const via = { from: rows, on, reference, choice }
  const joined: Rows = { ...openRows(scan.model), scan, path, via, depth: rows.depth }
  rows.joined.set(name, joined)
  return joined
}

/** Related rows as `expand` puts them beside the row `outer`: one at a time, under a name of their own. */
export const expandRows = (outer: Rows, { scan }: Rows, name: string, depth: number): Rows => ({
  ...openRows(scan.model),
  scan,
  path: name,
  via: { from: outer, on: [], reference: undefined, choice: undefined },
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
