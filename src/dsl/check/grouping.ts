import { resolvePath } from '../bind/bind-path.ts'
import { type Bound, looksBack, unknown } from '../bind/bound.ts'
import { isBucket } from '../functions/index.ts'
import { isRatioOfGroup } from '../lints/warn-of-ratio.ts'
import { type Builder, knownType, lowerExpression, lowering, toColumn } from '../plan/lower-expression.ts'
import { pushMeasures, splitMeasures } from '../plan/lower-measures.ts'
import type { Node } from '../plan/plan.ts'
import type { Named } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import { describeExpression, describePath } from '../words/describe-expression.ts'
import type { Checker, Scope } from './checker.ts'
import { findOwn } from './find-own.ts'
import { checkNewName } from './new-name.ts'
import { findBounds } from './read-bounds.ts'
import { createColumn, findColumn, findType, type Relation, type RelationColumn } from './relation.ts'
import { identifyRow, type Rows, useColumn } from './rows.ts'

/** What tells the values of a key apart: its identity where it has one, else itself. */
export const listKeyValues = ({ column, value, identity }: BoundKey): BoundKey['identity'] =>
  identity.length > 0 ? identity : [{ name: column.name, value }]

/** A key of a group: what is shown, and the hidden columns that identify it where they differ. */
export interface BoundKey {
  readonly column: RelationColumn
  readonly value: Bound
  readonly identity: readonly { readonly name: string; readonly value: Bound }[]
  /** The row that it stands for, where it is a relation: the fields of that row are those of the group. */
  readonly rows?: Rows
}

export interface BoundMeasure {
  readonly column: RelationColumn
  readonly value: Bound
}

export interface BoundGrouping {
  readonly keys: readonly BoundKey[]
  readonly measures: readonly BoundMeasure[]
}

/** A key as a value of the row; a to-one relation stands for its model's key and is shown by its name. */
export function bindKey(named: Named, scope: Scope, taken: ReadonlySet<string>): BoundKey {
  const { checker } = scope
  const name = checkNewName(named, findDefaultName(named.value, isBucket), taken, scope)
  const { value: node } = named
  const found = node.kind === 'path' ? resolvePath(node.parts, scope) : undefined
  if (found?.kind === 'row' && found.rows.via) {
    const { rows } = found
    const identity = identifyRow(rows, checker.names).map((value) => ({
      name: checker.names.take(`${name}_key`),
      value,
    }))
    const { model } = rows.scan
    const field = findOwn(model.fields, model.semantics?.name)
    const label = node.kind === 'path' ? describePath(node, scope) : name
    const shown = field ? useColumn(rows, field.column, checker.names) : identity[0]!.value
    const names = identity.map((one) => one.name)
    const column = createColumn({ name, type: shown.type, label, identity: names, model: model.name })
    return { column, value: shown, identity, rows }
  }
  const value = checker.bind(node, scope)
  if (value.kind === 'literal' && value !== unknown)
    checker.report(node, {
      code: 'constant-key',
      message: 'a key with one value for all rows makes no groups',
      hint: 'Name a column; a condition as a key needs a name, as in `is_pro = (plan = "pro")`.',
    })
  const column = describeKey(name, named, value, scope)
  const identity = column.identity.map((own) => ({
    name: checker.names.take(`${name}_key`),
    value: readHidden(own, scope.relation),
  }))
  return { column: { ...column, identity: identity.map((one) => one.name) }, value, identity }
}

/** A column beside a relation that an earlier group is by: it still tells two of one name apart. */
const readHidden = (name: string, relation: Relation): Bound => ({
  kind: 'column',
  name,
  type: findType(relation, name),
  rows: undefined,
  field: undefined,
})

function describeKey(name: string, named: Named, value: Bound, scope: Scope): RelationColumn {
  const isPath = named.value.kind === 'path'
  const known =
    isPath && named.value.kind === 'path' ? findColumn(scope.relation, named.value.parts.join('.')) : undefined
  return createColumn({
    name,
    type: value.type,
    unit: value.unit,
    label: isPath && named.name === undefined ? describeExpression(named.value, scope) : name.replaceAll('_', ' '),
    bucket: value.kind === 'bucket' ? value.grain : known?.bucket,
    bounds: findBounds(value, scope.relation),
    field: value.kind === 'column' ? value.field : undefined,
    identity: known?.identity ?? [],
    ...(known?.model === undefined ? {} : { model: known.model }),
  })
}

/** A measure: arithmetic over aggregates of the group's rows. */
export function bindMeasureColumn(named: Named, scope: Scope, taken: ReadonlySet<string>): BoundMeasure {
  const name = checkNewName(named, findDefaultName(named.value, isBucket), taken, scope)
  const value = scope.checker.bind(named.value, { ...scope, mode: 'group', across: false, beside: taken })
  const isTrailing = looksBack(value)
  const ratio = isRatioOfGroup(value) ? ({ isRatio: true } as const) : {}
  const latest = value.kind === 'aggregate' && value.call.fn === 'last' ? ({ isLatest: true } as const) : {}
  return { column: createColumn({ name, type: value.type, unit: value.unit, isTrailing, ...ratio, ...latest }), value }
}

/** The rows after grouping: one per combination of keys. */
export function relateGroups({ keys, measures }: BoundGrouping): Relation {
  return {
    columns: [...keys, ...measures].map(({ column }) => column),
    rows: undefined,
    grain: keys.length === 0 ? { kind: 'all' } : { kind: 'keys', keys: keys.map(({ column }) => column.name) },
    order: [],
    hidden: new Map(keys.flatMap(({ identity }) => identity.map(({ name, value }) => [name, value.type] as const))),
    bounds: new Map(),
    repeats: [],
  }
}

export const openScope = (checker: Checker, relation: Relation): Scope => ({
  checker,
  relation,
  mode: 'row',
  across: false,
})

/** Puts a group on the plan: keys with their hidden identity, aggregates, and arithmetic over these. Gives the plan right below. */
export function lowerGrouping({ keys, measures }: BoundGrouping, builder: Builder): Node {
  const columns = keys.flatMap(({ column, value, identity }) => [
    ...identity.map((one) => ({
      name: one.name,
      type: knownType(one.value.type),
      value: lowerExpression(one.value, builder),
    })),
    { ...toColumn(column.name, value), value: lowerExpression(value, builder) },
  ])
  const split = splitMeasures(measures, builder, lowering)
  const below = builder.node()
  pushMeasures(columns, split, builder)
  return below
}
