import { listColumns } from '../check/check-repeats.ts'
import type { Scope } from '../check/checker.ts'
import type { BoundKey } from '../check/grouping.ts'
import { formatExpression } from '../text/format-expression.ts'
import { quotePath } from '../text/quote.ts'
import type { Call, Path } from '../tree/ast.ts'
import { listPer } from '../tree/walk.ts'
import { bindPer } from './bind-series.ts'
import { bindTrailing } from './bind-trailing.ts'
import { type Bound, type BoundAggregate, type BoundPer, mapAggregates } from './bound.ts'

/** Columns of the plan that tell the values of a key apart. */
const identify = ({
  column,
  value,
  identity,
}: BoundKey): readonly { readonly name: string; readonly value: Bound }[] =>
  identity.length > 0 ? identity : [{ name: column.name, value }]

/** Whether a column belongs to the row that a key leads to, so that each group has one value of it. */
const isDetermined = (value: Bound, { rows }: BoundKey): boolean =>
  rows !== undefined &&
  value.kind === 'column' &&
  value.rows !== undefined &&
  (value.rows.path === rows.path || value.rows.path.startsWith(`${rows.path}.`))

/** What a path behind `per` is among the keys of the group, or beside them; undefined where it was reported. */
function findPer(path: Path, node: Call, keys: readonly BoundKey[], scope: Scope): readonly BoundPer[] | undefined {
  const [name] = path.parts
  const named = path.parts.length === 1 ? keys.find(({ column }) => column.name === name) : undefined
  if (named) return identify(named)
  const values = bindPer({ ...node, per: [path] }, { ...scope, mode: 'row', across: false })
  if (!values || values.some(({ type }) => type === 'unknown')) return undefined
  const parts = keys.flatMap(identify)
  const found = values.flatMap((value): readonly BoundPer[] => {
    if (value.kind !== 'column') return []
    const part = parts.find((one) => one.value.kind === 'column' && one.value.name === value.name)
    if (part) return [part]
    return keys.some((key) => isDetermined(value, key)) ? [{ name: value.name, value, isBeside: true }] : []
  })
  return found.length === values.length ? found : refusePath(path, keys, scope)
}

function refusePath(path: Path, keys: readonly BoundKey[], { checker }: Scope): undefined {
  const names = keys.map(({ column }) => `\`${column.name}\``)
  const text = quotePath(path.parts)
  checker.report(path, {
    code: 'per-no-key',
    message: `\`${text}\` is no key of the group, which may hold several of it`,
    hint:
      names.length === 0
        ? 'A group of everything has no parts; leave `per` out.'
        : `Name ${names.join(' or ')}, or add \`${text}\` to the keys.`,
    candidates: keys.map(({ column }) => column.name).slice(0, 3),
  })
  return undefined
}

/** Which rows an aggregate of a group is taken over; absent members: those of the group. */
export type Detail = Pick<BoundAggregate, 'per' | 'over'>

/** What `per` and `over` ask for; undefined where it was reported. */
export function bindDetail(node: Call, scope: Scope): Detail | undefined {
  const found = listPer(node).map((path) => findPer(path, node, scope.group ?? [], scope))
  const whole = found.filter((one) => one !== undefined)
  const over = node.over && bindTrailing(node, node.over, scope)
  if (whole.length < found.length || (node.over && !over)) return undefined
  return { ...(node.per === undefined ? {} : { per: whole.flat() }), ...(over ? { over } : {}) }
}

/** Columns that have one value over all rows that an aggregate of the group looks at. */
export function listFixed({ per, over }: Detail, scope: Scope): ReadonlySet<string> {
  const keys = per ? listColumns(per.map(({ value }) => value)) : (scope.keys ?? new Set<string>())
  const time = scope.group?.find(({ column }) => column.name === over?.time)?.value
  const moving = listColumns(time ? [time] : [])
  return new Set([...keys].filter((key) => !moving.has(key)))
}

/** `measure` with each of its aggregates over the rows of a detail. One that says itself what it looks at keeps that. */
export const placeInGroup = (measure: Bound, detail: Detail): Bound =>
  mapAggregates(measure, (one) => ({ ...one, call: { ...detail, ...one.call } }))

/** A measure over the rows of the table that share `per`, one value a row. */
export const placeOverTable = (measure: Bound, per: readonly Bound[]): Bound =>
  mapAggregates(measure, ({ kind: _, ...one }) => ({ ...one, kind: 'total', per }))

/** Whether the rows of the table are around for `per`; if not, it is reported. */
export function checkTable(node: Call, scope: Scope): boolean {
  if (scope.across) return true
  scope.checker.report(node, {
    code: 'across-rows-here',
    message: `\`${formatExpression(node)}\` looks at other rows, which an aggregate or a related row does not have`,
    hint: 'Name the value first, with `add x = …`, and use `x` then.',
  })
  return false
}
