import type { TopStep } from './ast.ts'
import { type Bound, call, literal } from './bound.ts'
import type { Checker } from './checker.ts'
import { type BoundGrouping, type BoundKey, lowerGrouping } from './grouping.ts'
import { type Builder, lowerExpression, startBuilder } from './lower-expression.ts'
import type { BoundSort } from './ordering.ts'
import type { Node } from './plan.ts'
import { createColumn, type Relation } from './relation.ts'

/** The group that a `top … rest as` directly follows: its rows are read once more, with all other keys as one. */
export interface Grouping {
  readonly bound: BoundGrouping
  /** The plan right below the group, joins included; set when the group is lowered. */
  readonly below: { node: Node | undefined }
}

export interface BoundRest {
  readonly after: Relation
  readonly grouping: Grouping
  readonly key: BoundKey
  readonly name: string
  /** Hidden: 0 for the first keys, 1 for the rest, so that the rest comes last. */
  readonly isRest: string
}

/** Checks `rest as "Other"`: right behind a group by one text key, since the rest is worked out from the rows themselves. */
export function bindRest(
  step: TopStep,
  by: readonly BoundSort[],
  before: Relation,
  checker: Checker,
): BoundRest | undefined {
  const { grouping } = before
  const [key, ...more] = grouping?.bound.keys ?? []
  const isPlain = key?.column.type === 'text' && key.identity.length === 0
  if (!grouping || !key || !isPlain || more.length > 0 || step.per.length > 0) {
    checker.report(step, {
      code: 'rest-here',
      message: '`rest as` stands right behind a `group by` with one text key',
      hint: 'Leave it out, or put `top` right behind the group.',
    })
    return undefined
  }
  const isRest = checker.names.take('is_rest')
  const columns = before.columns.map((column) =>
    column.name === key.column.name ? createColumn({ ...column, field: undefined }) : column,
  )
  const order = [
    { name: isRest, descending: false },
    ...by.filter(({ value }) => value.kind === 'column').map((one) => one.key),
  ]
  const hidden = new Map([...before.hidden, [isRest, 'number'] as const])
  return { after: { ...before, columns, order, hidden }, grouping, key, name: step.rest ?? '', isRest }
}

const column = (name: string, type: 'text' | 'boolean'): Bound => ({
  kind: 'column',
  type,
  name,
  rows: undefined,
  field: undefined,
})

/** Two columns that tell keys apart, the empty one too, and can be joined on. */
function addJoinKeys(value: Bound, names: readonly [string, string], builder: Builder): void {
  const key = lowerExpression(value, builder)
  const text = { op: 'call', fn: 'coalesce', args: [key, { op: 'literal', type: 'text', value: '' }] } as const
  const isEmpty = { op: 'call', fn: 'is_empty', args: [key] } as const
  builder.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: [
      { name: names[0], type: 'text', value: text },
      { name: names[1], type: 'boolean', value: isEmpty },
    ],
  }))
}

/**
 * Groups the rows a second time, with all keys that `cut` does not keep under one name. Ratios and distinct counts of the rest
 * are those of its rows, never sums.
 */
export function lowerRest(
  { grouping, key, name, isRest }: BoundRest,
  cut: (builder: Builder) => void,
  builder: Builder,
): void {
  const rows = grouping.below.node
  if (!rows) return
  const { names, step } = builder
  const joined = [names.take('rest_key'), names.take('rest_empty')] as const
  const kept = names.take('is_kept')
  const first = startBuilder(builder.node(), step, names)
  cut(first)
  addJoinKeys(column(key.column.name, 'text'), joined, first)
  first.push((input) => ({
    op: 'extend',
    step,
    input,
    columns: [{ name: kept, type: 'boolean', value: { op: 'literal', type: 'boolean', value: true } }],
  }))
  builder.push(() => rows)
  addJoinKeys(key.value, joined, builder)
  builder.push((input) => ({
    op: 'lookup',
    step,
    input,
    to: first.node(),
    on: joined.map((one) => ({ left: one, right: one })),
    columns: [{ name: kept, type: 'boolean', from: kept }],
  }))
  const isKept = column(kept, 'boolean')
  const renamed = call('when', 'text', isKept, key.value, literal('text', name))
  const marker = call('when', 'number', isKept, literal('number', 0), literal('number', 1))
  const keys: readonly BoundKey[] = [
    { column: key.column, value: renamed, identity: [] },
    { column: createColumn({ name: isRest, type: 'number' }), value: marker, identity: [] },
  ]
  lowerGrouping({ keys, measures: grouping.bound.measures }, builder)
}
