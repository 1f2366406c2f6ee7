import { invariant } from '../base/invariant.ts'
import type { Model, Relation } from '../catalog/catalog.ts'
import type { Call, Expression } from './ast.ts'
import { isToMany, resolvePath } from './bind-path.ts'
import { type Bound, type BoundColumn, unknown } from './bound.ts'
import { openRelation, type Scope } from './checker.ts'
import { findDefaultName } from './default-name.ts'
import { findOwn } from './find-own.ts'
import { isAggregate, isBucket } from './functions/index.ts'
import { quotePath } from './quote.ts'
import type { Relation as CheckedRelation } from './relation.ts'
import { findField, followRelation, type Rows, useColumn } from './rows.ts'
import { findSpan, placeNode } from './spans.ts'
import { listPaths, mapChildren } from './walk.ts'

interface Hop {
  readonly relation: Relation
  readonly from: Model
  readonly to: Model
}

/** The way from a row to many others: `hops` are to-many relations one behind the other. */
export interface Chain {
  readonly outer: Rows
  readonly hops: readonly [Hop, ...Hop[]]
  /** How many parts of a path it takes, and these parts. */
  readonly parts: readonly string[]
}

const isClosed = ({ name }: Call) => isAggregate(name)

/**
 * The to-many chain that the arguments of a call go along; undefined when they stay with the row. A path that comes back to one
 * row and then leaves to many again is refused: its rows would be counted several times.
 */
export function findChain(args: readonly Expression[], scope: Scope): Chain | 'refused' | undefined {
  let chain: Chain | undefined
  for (const path of args.flatMap((arg) => listPaths(arg, isClosed))) {
    const found = resolvePath(path.parts, scope)
    if (found.kind !== 'many' || found.relation.through !== undefined) continue
    const one = readChain(path.parts, found.from, found.at, scope)
    if (one === 'zigzag') {
      scope.checker.report(path, {
        code: 'zigzag-path',
        message: `\`${quotePath(path.parts)}\` goes to many rows, back to one, and to many again`,
        hint: 'Aggregate in two steps, so that no row is counted twice.',
      })
      return 'refused'
    }
    if (chain && one.parts.join('.') !== chain.parts.join('.')) {
      scope.checker.report(path, {
        code: 'several-relations',
        message: `\`${quotePath(path.parts)}\` and \`${quotePath(chain.parts)}\` are rows of two relations`,
        hint: 'Aggregate each in an `add` of its own, then join the results by arithmetic.',
      })
      return 'refused'
    }
    chain = one
  }
  return chain
}

function readChain(parts: readonly string[], outer: Rows, start: number, { checker }: Scope): Chain | 'zigzag' {
  const hops: Hop[] = []
  let model = outer.scan.model
  let end = start
  for (let at = start; at < parts.length; at++) {
    const relation = findOwn(model.relations, parts[at])
    const to = relation && checker.catalog.models[relation.to]
    if (!relation || !to) break
    if (isToMany(relation)) {
      if (end < at) return 'zigzag'
      hops.push({ relation, from: model, to })
      end = at + 1
    }
    model = to
  }
  const [first, ...rest] = hops
  invariant(first, 'a chain has at least one to-many relation')
  return { outer, hops: [first, ...rest], parts: parts.slice(0, end) }
}

/** Whether a row at the end of a chain may belong to several rows of `relation`, from which the chain starts. */
export function isShared({ outer, hops: [first] }: Chain, { rows }: CheckedRelation): boolean {
  const isOwn = outer.path === '' || [...(rows?.expanded.values() ?? [])].includes(outer)
  return !isOwn || !first.from.key.every((key) => first.relation.pairs.some(({ own }) => own === key))
}

/** Rows at the end of a chain, and how they are matched with the row where it starts. */
export interface OpenedChain {
  readonly inner: Scope
  readonly rows: Rows
  /** What each row is matched by, and the columns of the outer row that pair with these. */
  readonly keys: readonly Bound[]
  readonly outer: readonly BoundColumn[]
}

/** The rows at the end of a chain, and how they are matched with the row where it starts. */
export function openChain({ outer, hops, parts }: Chain, node: Expression, scope: Scope): OpenedChain | undefined {
  const { checker } = scope
  const last = hops.at(-1)
  invariant(last, 'a chain has a last relation')
  const relation = openRelation(checker, last.to)
  invariant(relation.rows, 'rows of a model can be named')
  let rows = relation.rows
  for (let at = hops.length - 1; at > 0; at--) {
    const hop = hops[at]!
    const isUnique = hop.from.key.every((key) => hop.relation.pairs.some(({ own }) => own === key))
    if (!isUnique || hop.relation.through !== undefined) {
      checker.report(node, {
        code: 'unsupported-relation',
        message: `\`${hop.relation.name}\` does not start from the key of \`${hop.from.name}\`, so the way back is not to one row`,
        hint: 'Aggregate in two steps.',
      })
      return undefined
    }
    const back = {
      name: `via ${hops[at - 1]!.relation.name}`,
      pairs: hop.relation.pairs.map(({ own, other }) => ({ own: other, other: own })),
      valid: undefined,
    }
    rows = followRelation(rows, back, {
      open: () => checker.open(hop.from),
      names: checker.names,
      calendar: checker.calendar,
    })
  }
  const { pairs } = hops[0].relation
  const keys: readonly Bound[] = pairs.map(({ own, other }) =>
    useColumn(rows, other, checker.names, findField(outer.scan.model, own)),
  )
  const outerColumns: readonly BoundColumn[] = pairs.map(({ own, other }) =>
    useColumn(outer, own, checker.names, findField(hops[0].to, other)),
  )
  const inner: Scope = { checker, relation, mode: 'row', across: false, inside: parts }
  return { inner, rows: relation.rows, keys, outer: outerColumns }
}

/** `expression` as it reads at the end of the chain: `users.name` becomes `name`; the relation itself becomes undefined. */
export function stripChain(expression: Expression, chain: Chain): Expression | undefined {
  const { parts } = chain
  const strip = (one: Expression): Expression => {
    if (one.kind === 'path' && parts.every((part, at) => one.parts[at] === part) && one.parts.length > parts.length) {
      const span = findSpan(one)
      const path = { kind: 'path', parts: one.parts.slice(parts.length) } as const
      return span ? placeNode(path, span) : path
    }
    return one.kind === 'call' && isClosed(one) ? one : mapChildren(one, strip)
  }
  const isChain = expression.kind === 'path' && expression.parts.join('.') === parts.join('.')
  if (isChain) return undefined
  return strip(expression)
}

/** One value a row: a measure of the rows at the end of a chain that meet `where`. */
export function relate(
  measure: Bound,
  where: Bound | undefined,
  { rows, keys, outer }: OpenedChain,
  node: Call,
  whenNone: 0 | undefined,
): Bound {
  if (measure.type === 'unknown') return unknown
  const name = findDefaultName(node, isBucket) ?? node.name
  return {
    kind: 'related',
    type: measure.type,
    ...(measure.unit === undefined ? {} : { unit: measure.unit }),
    related: { inner: rows, keys, outer, where, measure, name, ...(whenNone === undefined ? {} : { whenNone }) },
  }
}
