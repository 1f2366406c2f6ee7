import { type Bound, call, literal } from '../bind/bound.ts'
import { type Builder, knownType, materialise, startBuilder } from '../plan/lower-expression.ts'
import type { Node } from '../plan/plan.ts'
import type { TopStep } from '../tree/ast.ts'
import type { Checker } from './checker.ts'
import { type BoundGrouping, type BoundKey, listKeyValues, lowerGrouping } from './grouping.ts'
import type { BoundSort } from './ordering.ts'
import { createColumn, type Relation } from './relation.ts'

/** The group that a `top … rest as` or `totals` directly follows: its rows are read once more, with other keys. */
export interface Grouping {
  readonly bound: BoundGrouping
  /** The plan right below the group, joins included; set when the group is lowered. */
  readonly below: { node: Node | undefined }
  /** The rows that were grouped: what is no column any more is told from what never was one. */
  readonly before: Relation
}

export interface BoundRest {
  readonly after: Relation
  readonly grouping: Grouping
  /** Keys of which the rest keeps each value. */
  readonly per: readonly string[]
  /** The key that holds the name of the rest. */
  readonly named: BoundKey
  readonly name: string
  /** Hidden: 0 for the first keys, 1 for the rest, so that the rest comes last. */
  readonly isRest: string
}

/** Checks `rest as "Other"`: right behind a group, since the rest is worked out from the rows themselves; a text key holds its name. */
export function bindRest(
  step: TopStep,
  by: readonly BoundSort[],
  before: Relation,
  checker: Checker,
): BoundRest | undefined {
  const { grouping } = before
  const per = step.per.map(({ parts }) => parts.join('.'))
  const keys = grouping?.bound.keys ?? []
  const named = keys.find(({ column }) => column.type === 'text' && !per.includes(column.name))
  if (!grouping || !named || per.some((name) => keys.every(({ column }) => column.name !== name))) {
    checker.report(step, {
      code: 'rest-here',
      message: '`rest as` stands right behind a `group by`, of which a text key holds its name',
      hint: 'Leave it out, or put `top` right behind the group.',
    })
    return undefined
  }
  const isRest = checker.names.take('is_rest')
  const columns = before.columns.map((column) =>
    column.name === named.column.name ? createColumn({ ...column, field: undefined }) : column,
  )
  const order = [
    ...per.map((name) => ({ name, descending: false })),
    { name: isRest, descending: false },
    ...by.filter(({ value }) => value.kind === 'column').map((one) => one.key),
  ]
  const hidden = new Map([...before.hidden, [isRest, 'number'] as const])
  return { after: { ...before, columns, order, hidden }, grouping, per, named, name: step.rest ?? '', isRest }
}

/**
 * Groups the rows a second time, with all keys that `cut` does not keep under one name. Ratios and distinct counts of the rest
 * are those of its rows, never sums.
 */
export function lowerRest(rest: BoundRest, cut: (builder: Builder) => void, builder: Builder): void {
  const { grouping, per, named, name, isRest } = rest
  const rows = grouping.below.node
  if (!rows) return
  const { names, step } = builder
  const kept = names.take('is_kept')
  const first = startBuilder(builder.node(), builder)
  cut(first)
  const isTrue = { op: 'literal', type: 'boolean', value: true } as const
  first.push((input) => ({ op: 'extend', step, input, columns: [{ name: kept, type: 'boolean', value: isTrue }] }))
  builder.push(() => rows)
  const { keys } = grouping.bound
  const on = keys.flatMap(listKeyValues).map((one) => ({
    left: materialise(one.value, builder, 'rest_key'),
    right: one.name,
  }))
  builder.push((input) => ({
    op: 'lookup',
    step,
    input,
    to: first.node(),
    on,
    matchesEmpty: true,
    columns: [{ name: kept, type: 'boolean', from: kept }],
  }))
  const isKept: Bound = { kind: 'column', type: 'boolean', name: kept, rows: undefined, field: undefined }
  const merge = (value: Bound, other: string | null): Bound =>
    call('when', value.type, isKept, value, literal(knownType(value.type), other))
  const merged = keys.map((key): BoundKey => {
    if (per.includes(key.column.name)) return key
    const identity = key.identity.map((one) => ({ ...one, value: merge(one.value, null) }))
    return { ...key, identity, value: merge(key.value, key === named ? name : null) }
  })
  const marker: BoundKey = {
    column: createColumn({ name: isRest, type: 'number' }),
    value: call('when', 'number', isKept, literal('number', 0), literal('number', 1)),
    identity: [],
  }
  lowerGrouping({ keys: [...merged, marker], measures: grouping.bound.measures }, builder)
}
