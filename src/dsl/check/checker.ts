import { createDiagnostic, type Diagnostic, type Source, type Span } from '../../base/diagnostic.ts'
import type { Calendar, Day } from '../../base/periods.ts'
import type { Catalog, Model } from '../../catalog/catalog.ts'
import { type Bound, unknown } from '../bind/bound.ts'
import type { NameBook } from '../plan/name-book.ts'
import type { Expression } from '../tree/ast.ts'
import type { Report } from './diagnostic-codes.ts'
import type { BlockBook } from './find-block.ts'
import type { BoundKey } from './grouping.ts'
import type { Moment } from './moment.ts'
import type { Seen } from './open-chain.ts'
import { createColumn, type Relation, type RelationColumn } from './relation.ts'
import type { Rows } from './rows.ts'

/** What checking a step may ask: the catalog, today, and a place for diagnostics. */
export interface Checker {
  readonly catalog: Catalog
  readonly calendar: Calendar
  readonly asOf: Day
  readonly source: Source | undefined
  readonly names: NameBook
  /** Blocks that the steps at hand may read. */
  readonly blocks: BlockBook
  /** Attributes of who asks, for policies. */
  readonly viewer: Readonly<Record<string, string | number | boolean>> | undefined
  /** Whether it is a policy of the catalog that is checked: only there `viewer` is who asks. */
  readonly isPolicy?: true
  /** Keeps a diagnostic about `node` and gives the value that stands for the mistake. */
  readonly report: (node: object, diagnostic: Report) => Bound
  readonly spanOf: (node: object) => Span | undefined
  /** Starts a read of a model, its policies included. */
  readonly open: (model: Model) => Rows
  /** Checks an expression; every binder calls the others through it. */
  readonly bind: (expression: Expression, scope: Scope) => Bound
}

/** Where an expression stands. */
export interface Scope {
  readonly checker: Checker
  /** The rows it is about. */
  readonly relation: Relation
  /** `group`: over the rows of a group, so that columns stand in aggregates only. */
  readonly mode: 'row' | 'group'
  /** Whether `previous` and `total`, which look at other rows, may stand here. */
  readonly across: boolean
  /** The time at which histories are looked into, where `as_of` says one. */
  readonly moment?: Moment
  /** Columns that have one value in each group, where the group's keys are known. */
  readonly keys?: ReadonlySet<string>
  /** The keys of the group that measures are of. */
  readonly group?: readonly BoundKey[]
  /** On one side of a comparison. */
  readonly isCompared?: true
  /** In a group: names that its measures take, which are columns only behind it. */
  readonly beside?: ReadonlySet<string>
  /** In a condition on related rows: where the row that they are related to stands, and what is seen of it. */
  readonly outer?: { readonly scope: Scope; readonly seen: Map<string, Seen> }
  /** In an aggregate over related rows: the parts of the path that leads to them. */
  readonly inside?: readonly string[]
}

/** Keeps diagnostics in `kept`; a second one about the same place is the same mistake. */
export function createReport(
  kept: Diagnostic[],
  source: Source | undefined,
  spanOf: Checker['spanOf'],
): Checker['report'] {
  return (node, input) => {
    const span = input.span ?? spanOf(node)
    const isKnown = kept.some(
      (one) =>
        one.severity === 'error' && span !== undefined && one.span?.start === span.start && one.span.end === span.end,
    )
    if (!isKnown || input.severity === 'warning')
      kept.push(createDiagnostic({ ...(source && span ? { source, span } : {}), ...input }))
    return unknown
  }
}

const shownColumns = new WeakMap<Model, readonly RelationColumn[]>()

/** A model's fields as columns, but for those hidden; made once. */
function listShown(model: Model): readonly RelationColumn[] {
  const known = shownColumns.get(model)
  if (known) return known
  const columns = Object.values(model.fields)
    .filter(({ hidden }) => !hidden)
    .map((field) =>
      createColumn({
        name: field.name,
        type: field.type,
        unit: field.unit,
        label: toPhrase(field.label),
        field,
        physical: field.column,
      }),
    )
  shownColumns.set(model, columns)
  return columns
}

/** The relation of a model's own rows: its fields, those not hidden as columns. */
export function openRelation(checker: Checker, model: Model): Relation {
  return {
    columns: listShown(model),
    rows: checker.open(model),
    grain: { kind: 'model' },
    order: [],
    hidden: new Map(),
    bounds: new Map(),
    repeats: [],
  }
}

/** A label as it reads inside a sentence: `Payment plan` → `payment plan`, `MRR` stays. */
export const toPhrase = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label
