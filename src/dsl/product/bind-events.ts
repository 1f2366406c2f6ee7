import type { Model } from '../../catalog/catalog.ts'
import { bindCondition } from '../bind/bind-aggregate.ts'
import { isTime, typeNames } from '../bind/bind-comparison.ts'
import { aOrAn, resolvePath } from '../bind/bind-path.ts'
import { findChain, stripChain } from '../bind/bind-related.ts'
import { type Bound, type BoundColumn, unknown } from '../bind/bound.ts'
import type { Checker, Scope } from '../check/checker.ts'
import { findOwn } from '../check/find-own.ts'
import { type OpenedChain, openChain } from '../check/open-chain.ts'
import type { Relation } from '../check/relation.ts'
import { type Rows, useColumn } from '../check/rows.ts'
import { quotePath } from '../text/quote.ts'
import type { Expression, Path, Step } from '../tree/ast.ts'

/** What rows did: the related rows that a step follows, with the time of each. */
export interface Events {
  readonly model: Model
  readonly rows: Rows
  readonly reach: OpenedChain['reach']
  /** The scope of conditions on them. */
  readonly inner: Scope
  /** What they are matched with rows by, and the columns of the row that pair with it. */
  readonly keys: readonly Bound[]
  readonly outer: readonly BoundColumn[]
  readonly time: Bound
  readonly where: Bound | undefined
}

/** Whether a step stands where rows are still those of a model; else it is reported. */
export function checkModelRows({ kind }: Step, before: Relation, checker: Checker, step: object): boolean {
  if (before.rows && before.grain.kind === 'model' && before.repeats.length === 0) return true
  checker.report(step, {
    code: 'rows-of-model',
    message: `\`${kind}\` follows rows of a model, and these were ${before.rows ? 'made several' : 'grouped or chosen from'}`,
    hint: 'Put it behind `from` and its conditions.',
  })
  return false
}

/** When a model's rows happened, or came to be, by its semantics; what the catalog should say is reported where it says neither. */
export function bindEventTime(model: Model, rows: Rows, node: object, checker: Checker, example?: string): Bound {
  const { time: happened, created } = model.semantics ?? {}
  const field = findOwn(model.fields, happened ?? created)
  if (field) return useColumn(rows, field.column, checker.names)
  const times = Object.values(model.fields).filter(({ type }) => type === 'timestamp' || type === 'date')
  const time = times[0]?.name ?? 'at'
  const semantics = `semantics: { kind: event, time: ${time} }`
  return checker.report(node, {
    code: 'no-event-time',
    message: `the catalog does not say when ${aOrAn(model.label.toLowerCase())} happened`,
    hint: `Write \`${semantics}\` for \`${model.name}\` in the catalog${example === undefined ? '' : `, or name the time, as \`${example}.${time}\``}.`,
    candidates: example === undefined ? [] : times.slice(0, 3).map(({ name }) => `${example}.${name}`),
  })
}

/** `users.events` or `users.events.at` with its condition; anything else is reported. */
export function bindEvents(
  { on, where }: { readonly on: Path; readonly where?: Expression },
  before: Relation,
  checker: Checker,
): Events | undefined {
  const scope: Scope = { checker, relation: before, mode: 'row', across: false }
  const chain = findChain([on], scope)
  if (chain === 'refused') return undefined
  if (!chain) return refuseOne(on, scope)
  const { rows, reach, inner, keys, outer } = openChain(chain, scope)
  const { model } = rows.scan
  const rest = stripChain(on, chain)
  const time = rest ? bindTime(on, rest, inner) : bindEventTime(model, rows, on, checker, quotePath(on.parts))
  const condition = bindCondition(where, inner)
  return time.type === 'unknown' ? undefined : { model, rows, reach, inner, keys, outer, time, where: condition }
}

function bindTime(on: Path, rest: Expression, inner: Scope): Bound {
  const { checker } = inner
  const time = checker.bind(rest, inner)
  if (time.type === 'unknown' || isTime(time)) return time
  checker.report(on, {
    code: 'type-mismatch',
    message: `\`${quotePath(on.parts)}\` says when something was done, and this is ${typeNames[time.type]}`,
    hint: 'Name a date or time of the related rows, or the relation alone.',
  })
  return unknown
}

/** A path that stays with the row, or leads to one row. */
function refuseOne(on: Path, scope: Scope): undefined {
  const { checker, relation } = scope
  const found = resolvePath(on.parts, scope)
  if (found.kind !== 'value' && found.kind !== 'row') {
    checker.bind(on, scope)
    return undefined
  }
  const model = relation.rows?.scan.model
  const many = Object.values(model?.relations ?? {}).filter(({ cardinality }) => cardinality === 'many')
  checker.report(on, {
    code: 'one-not-many',
    message: `\`${quotePath(on.parts)}\` is one for each ${model?.label.toLowerCase() ?? 'row'}, not what it did over time`,
    hint: 'Name a to-many relation, as `users.events`, maybe with a time of its rows.',
    candidates: many.slice(0, 3).map(({ name }) => name),
  })
  return undefined
}
