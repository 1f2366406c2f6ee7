import type { Fix } from '../../base/diagnostic.ts'
import { suggestNames } from '../../base/did-you-mean.ts'
import { invariant } from '../../base/invariant.ts'
import type { Model, Relation } from '../../catalog/catalog.ts'
import type { Checker, Scope } from '../check/checker.ts'
import { describeChoice, findByModel, findKnown, listNames } from '../check/find-known.ts'
import { findMoment } from '../check/find-moment.ts'
import { findOwn } from '../check/find-own.ts'
import { findColumn, listKeys, toBound } from '../check/relation.ts'
import { followRelation, type Rows, useColumn } from '../check/rows.ts'
import { findMeant, isSameWord } from '../check/same-word.ts'
import { quoteName, quotePath } from '../text/quote.ts'
import type { Path } from '../tree/ast.ts'
import { placeNode } from '../tree/spans.ts'
import { type Bound, type BoundColumn, literal } from './bound.ts'
import { refuseGrouped } from './refuse-grouped.ts'

/** Where a path leads: to a value, to the one row of another model, or to many rows. */
export type Destination =
  | { readonly kind: 'value'; readonly value: BoundColumn }
  | { readonly kind: 'row'; readonly rows: Rows }
  | { readonly kind: 'many'; readonly from: Rows; readonly relation: Relation; readonly at: number }
  /** `at` is the index of the part that names nothing; `model` is where it was looked for. */
  | { readonly kind: 'nothing'; readonly at: number; readonly model: Model | undefined }

export const isToMany = (relation: Relation): boolean =>
  relation.cardinality === 'many' || relation.through !== undefined

/** Follows the parts of a path as far as they lead to one row each. */
export function resolvePath(parts: readonly string[], scope: Scope): Destination {
  const { relation, checker } = scope
  const [first = ''] = parts
  const column = parts.length === 1 ? findColumn(relation, first) : undefined
  const { rows } = relation
  if (column) {
    const isRead = rows !== undefined && column.physical !== undefined
    return { kind: 'value', value: isRead ? useColumn(rows, column.physical, checker.names) : toBound(column) }
  }
  return rows ? walk(parts, 0, rows, rows, scope) : { kind: 'nothing', at: 0, model: undefined }
}

/** `start` is the row at which the path begins: when it happened, histories are looked into. */
function walk(parts: readonly string[], at: number, rows: Rows, start: Rows, scope: Scope): Destination {
  const { checker } = scope
  const { model } = rows.scan
  const part = parts[at] ?? ''
  const isLast = at === parts.length - 1
  const expanded = rows.expanded.get(part)
  if (expanded) return isLast ? { kind: 'row', rows: expanded } : walk(parts, at + 1, expanded, expanded, scope)
  const field = isLast ? findOwn(model.fields, part) : undefined
  if (field) return { kind: 'value', value: useColumn(rows, field.column, checker.names) }
  const relation = findOwn(model.relations, part)
  const target = relation && checker.catalog.models[relation.to]
  if (!relation || !target) return { kind: 'nothing', at, model }
  if (isToMany(relation)) return { kind: 'many', from: rows, relation, at }
  const next = followToOne(rows, relation, start, scope)
  return isLast ? { kind: 'row', rows: next } : walk(parts, at + 1, next, start, scope)
}

/** The row that a to-one relation leads to from `rows`, on the way that began at `start`. */
export function followToOne(rows: Rows, relation: Relation, start: Rows, scope: Scope): Rows {
  const { checker } = scope
  const { names, calendar, catalog } = checker
  const target = catalog.models[relation.to]
  invariant(target, 'a relation leads to a model')
  const moment = relation.valid ? { moment: findMoment(start, scope) } : {}
  return followRelation(rows, relation, { open: () => checker.open(target), names, calendar, ...moment })
}

/** A path as a value of the row; anything else is a mistake with its fix. */
export function bindPath(path: Path, scope: Scope): Bound {
  const { checker } = scope
  const text = quotePath(path.parts)
  if (scope.mode === 'group') return refuseUngrouped(path, scope)
  const viewer = bindViewer(path, scope) ?? bindThis(path, scope)
  if (viewer) return viewer
  const found = resolvePath(path.parts, scope)
  switch (found.kind) {
    case 'value':
      return found.value
    case 'row': {
      const { model } = found.rows.scan
      const name = model.semantics?.name
      return checker.report(path, {
        code: 'relation-as-value',
        message: `\`${text}\` is ${aOrAn(model.label.toLowerCase())}, not a value`,
        hint: `Name one of its fields, as \`${text}.${name ?? Object.keys(model.fields)[0] ?? 'name'}\`.`,
        fixes: name === undefined ? [] : replaceWith(path, scope, `${text}.${name}`),
      })
    }
    case 'many':
      return refuseMany(path, found, scope)
    case 'nothing':
      return refuseName(path, found, scope)
  }
}

/** `this.created_at` in a condition on related rows: of the row that they are related to. */
function bindThis(node: Path, scope: Scope): Bound | undefined {
  const { parts } = node
  const { outer, checker, relation } = scope
  if (!outer || parts[0] !== 'this' || parts.length < 2 || findOwn(relation.rows?.scan.model.relations, 'this'))
    return undefined
  const path: Path = { kind: 'path', parts: parts.slice(1) }
  const span = checker.spanOf(node)
  const value = checker.bind(span ? placeNode(path, span) : path, { ...outer.scope, mode: 'row', across: false })
  if (value.kind === 'literal') return value
  const id = path.parts.join('.')
  const known = outer.seen.get(id)
  const { name } = known ?? { name: checker.names.take(`this_${path.parts.at(-1)}`) }
  if (!known) outer.seen.set(id, { name, value })
  const { type, unit } = value
  const field = value.kind === 'column' ? value.field : undefined
  return { kind: 'column', name, type, ...(unit === undefined ? {} : { unit }), rows: undefined, field }
}

/** `viewer.tenant_id` in a policy: what is known of who asks. */
function bindViewer({ parts }: Path, { checker, relation }: Scope): Bound | undefined {
  if (!checker.isPolicy || parts.length !== 2 || parts[0] !== 'viewer' || relation.rows?.scan.model.relations.viewer)
    return undefined
  const value = findOwn(checker.viewer, parts[1])
  if (value === undefined) return undefined
  return literal(typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean', value)
}

export const aOrAn = (noun: string): string => (/^([aeio]|u[^aeiou][^aeiou])/i.test(noun) ? `an ${noun}` : `a ${noun}`)

/** The fix that puts `text` where `node` stands. */
export function replaceWith(node: object, { checker }: Scope, text: string): readonly Fix[] {
  const span = checker.spanOf(node)
  if (!span || !checker.source) return []
  return [{ title: `${checker.source.text.slice(span.start, span.end)} → ${text}`, span, text }]
}

function refuseMany(path: Path, found: Extract<Destination, { kind: 'many' }>, scope: Scope): Bound {
  const text = quotePath(path.parts)
  const isLast = found.at === path.parts.length - 1
  const [rows, rest] = [path.parts.slice(0, found.at + 1), path.parts.slice(found.at + 1)]
  return scope.checker.report(path, {
    code: 'to-many-outside-aggregate',
    message: `\`${text}\` leads to many rows for each ${found.from.scan.model.label.toLowerCase()}`,
    hint: isLast
      ? `Put it in an aggregate, as \`count(${text})\`.`
      : `Put it in an aggregate, as \`max(${text})\`, or ask \`any(${quotePath(rows)} where ${quotePath(rest)} …)\`.`,
    fixes: isLast ? replaceWith(path, scope, `count(${text})`) : [],
  })
}

function refuseUngrouped(path: Path, scope: Scope): Bound {
  const text = quotePath(path.parts)
  const metric = path.parts.length === 1 ? findOwn(scope.relation.rows?.scan.model.metrics, path.parts[0]) : undefined
  if (metric)
    return scope.checker.report(path, {
      code: 'metric-without-call',
      message: `\`${text}\` is a metric, which is called`,
      hint: `Write \`${text}()\`.`,
      fixes: replaceWith(path, scope, `${text}()`),
    })
  const found = resolvePath(path.parts, { ...scope, mode: 'row' })
  if (found.kind === 'nothing') return refuseName(path, found, scope)
  return scope.checker.report(path, {
    code: 'not-aggregated',
    message: `\`${text}\` has many values in a group`,
    hint: `Put it in an aggregate, as \`${found.kind === 'value' && found.value.type === 'number' ? 'sum' : 'count_distinct'}(${text})\`, or among the keys before the colon.`,
  })
}

const hopsMax = 3

/**
 * The nearest paths over expanded rows and to-one relations that end in `name`: `plan` is `account.plan` for a user, and
 * `user.account.plan` for an event.
 */
function findPrefixed(name: string, rows: Rows, { models }: Checker['catalog']): readonly string[] {
  let places: readonly { readonly model: Model; readonly path: string }[] = [
    { model: rows.scan.model, path: '' },
    ...[...rows.expanded].map(([path, { scan }]) => ({ model: scan.model, path: `${path}.` })),
  ]
  for (let hop = 0; hop <= hopsMax; hop++) {
    const found = places.filter(({ model }) => findOwn(model.fields, name) !== undefined)
    if (found.length > 0) return found.map(({ path }) => `${path}${name}`)
    places = places.flatMap(({ model, path }) =>
      Object.values(model.relations).flatMap((relation) => {
        const target = findOwn(models, relation.to)
        return isToMany(relation) || !target ? [] : [{ model: target, path: `${path}${relation.name}.` }]
      }),
    )
  }
  return []
}

/** `this` where no row is around, or without one of its columns. */
function refuseThis(path: Path, scope: Scope): Bound {
  const rest = quotePath(path.parts.slice(1))
  return scope.checker.report(path, {
    code: 'this-here',
    message: scope.outer
      ? '`this` is the row around the condition, not a value'
      : '`this` is the row around a condition on related rows, and there is none around here',
    hint: scope.outer
      ? 'Name one of its columns, as `this.created_at`.'
      : rest === ''
        ? 'Name a column of the row.'
        : `Write \`${rest}\`.`,
    fixes: scope.outer || rest === '' ? [] : replaceWith(path, scope, rest),
  })
}

/** Whether the rows that were grouped had what the path names. */
function wasGrouped(path: Path, scope: Scope): boolean {
  const before = scope.relation.grouping?.before
  return before !== undefined && resolvePath(path.parts, { ...scope, relation: before }).kind !== 'nothing'
}

export function refuseName(
  path: Path,
  found: { readonly at: number; readonly model: Model | undefined },
  scope: Scope,
): Bound {
  const { checker } = scope
  const name = path.parts[found.at] ?? ''
  const isFirst = found.at === 0
  if (isFirst && name === 'viewer' && path.parts.length === 2)
    return checker.report(
      path,
      checker.isPolicy
        ? {
            code: 'unknown-viewer',
            message: `\`${quotePath(path.parts)}\` is not known: nobody is named who asks`,
            hint: 'Rows of this model are shown to known viewers only; pass the attributes of who asks.',
          }
        : {
            code: 'viewer-here',
            message: `\`${quotePath(path.parts)}\` is known in policies of the catalog only`,
            hint: 'Rows are kept to who asks by themselves; name a column of them.',
          },
    )
  const stripped = isFirst ? (stripPrefix(path.parts, scope.inside) ?? stripOwner(path, scope)) : undefined
  if (stripped)
    return checker.report(path, {
      code: 'unknown-name',
      message: `\`${quotePath(path.parts)}\` is named from where its rows are`,
      hint: `Write \`${quotePath(stripped)}\`.`,
      candidates: [quotePath(stripped)],
      fixes: replaceWith(path, scope, quotePath(stripped)),
    })
  if (path.parts.length > 1 && scope.relation.rows === undefined && findColumn(scope.relation, name))
    return refusePart(path, name, scope)
  if (isFirst && name === 'this') return refuseThis(path, scope)
  if (isFirst && scope.mode === 'row' && wasGrouped(path, scope)) return refuseGrouped(path, scope)
  const known = isFirst && path.parts.length === 1 ? findKnown(name, found.model, scope) : undefined
  if (known) {
    const { message, hint, text } = known
    const fixes = text === undefined ? [] : replaceWith(path, scope, text)
    return checker.report(path, { code: 'unknown-name', message, hint, fixes })
  }
  const names = listNames(found.model, scope, isFirst)
  const { rows } = scope.relation
  const prefixed = rows && isFirst && path.parts.length === 1 ? findPrefixed(name, rows, checker.catalog) : []
  const target = isFirst && path.parts.length > 1 ? findByModel(name, found.model) : []
  const owner = found.model?.label.toLowerCase()
  const meant =
    findMeant(name, names) ??
    (prefixed.length === 1 ? prefixed[0] : undefined) ??
    (target.length === 1 ? target[0] : undefined)
  const whole = [...path.parts.slice(0, found.at), ...(meant?.split('.') ?? []), ...path.parts.slice(found.at + 1)]
  return checker.report(path, {
    code: 'unknown-name',
    message: owner === undefined ? `there is no column \`${name}\` here` : `${aOrAn(owner)} has no \`${name}\``,
    hint: describeChoice(names),
    candidates: [...prefixed, ...target, ...suggestNames(name, names)].slice(0, 3),
    fixes: meant === undefined ? [] : replaceWith(path, scope, quotePath(whole)),
  })
}

/** `account.plan`, or `a.plan` as SQL has it, where rows are accounts: their own columns stand alone. */
function stripOwner({ parts }: Path, scope: Scope): readonly string[] | undefined {
  const { model } = scope.relation.rows?.scan ?? {}
  const [owner = '', ...rest] = parts
  if (!model || rest.length === 0 || (owner.length > 2 && !isSameWord(owner, model.name))) return undefined
  return resolvePath(rest, { ...scope, mode: 'row' }).kind === 'nothing' ? undefined : rest
}

/** What follows the path that led to related rows: in their conditions it goes without saying. */
const stripPrefix = (parts: readonly string[], inside: readonly string[] | undefined): readonly string[] | undefined =>
  inside && parts.length > inside.length && inside.every((part, at) => parts[at] === part)
    ? parts.slice(inside.length)
    : undefined

/** `account.plan` after `group by account`: the account is a name there. */
function refusePart(path: Path, name: string, { checker, relation }: Scope): Bound {
  const isKey = listKeys(relation).length > 0 && findColumn(relation, name)?.identity.length !== 0
  return checker.report(path, {
    code: 'unknown-name',
    message: `\`${quoteName(name)}\` is a column here, which has no \`${quotePath(path.parts.slice(1))}\``,
    hint: isKey
      ? `Add \`${quotePath(path.parts)}\` to the keys of \`group by\`, or aggregate from the other side.`
      : 'A column of a group or of a block leads nowhere.',
  })
}
