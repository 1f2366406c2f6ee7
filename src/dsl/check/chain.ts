import { invariant } from '../../base/invariant.ts'
import type { Catalog, Model, Relation } from '../../catalog/catalog.ts'
import { isToMany } from '../bind/bind-path.ts'
import type { Scope } from './checker.ts'
import { findOwn } from './find-own.ts'
import type { Relation as CheckedRelation } from './relation.ts'
import type { Rows } from './rows.ts'

/** One step from row to row. A bridge table is two: to its rows, and from each to the one beyond. */
export interface Hop {
  readonly kind: 'one' | 'many'
  readonly relation: Relation
  readonly from: Model
  readonly to: Model
}

/** The way from a row to many others; the first hop goes to many. */
export interface Chain {
  readonly outer: Rows
  readonly hops: readonly [Hop, ...Hop[]]
  /** The parts of a path that it takes. */
  readonly parts: readonly string[]
}

/** The model of a bridge table: the catalog's own, with its policies, or one that is nothing but pairs. */
function findBridge(through: string, columns: readonly string[], { models }: Catalog): Model {
  const known = Object.values(models).find(({ source }) => 'table' in source && source.table === through)
  return (
    known ?? {
      name: through.split('.').at(-1) ?? through,
      source: { table: through },
      key: columns,
      label: through,
      description: undefined,
      synonyms: [],
      fields: {},
      relations: {},
      semantics: undefined,
      metrics: {},
      policies: [],
      explorations: [],
    }
  )
}

/** Both halves of the way through a bridge table, whose columns are `<model>_<key>`. */
function crossBridge(relation: Relation, from: Model, to: Model, catalog: Catalog): readonly [Hop, Hop] {
  const [own, other] = [from, to].map(({ name, key }) =>
    key.map((column) => ({ key: column, column: `${name}_${column}` })),
  )
  invariant(own && other && relation.through !== undefined, 'a bridge has two sides')
  const bridge = findBridge(
    relation.through,
    [...own, ...other].map(({ column }) => column),
    catalog,
  )
  const half = { ...relation, through: undefined }
  return [
    {
      kind: 'many',
      relation: { ...half, cardinality: 'many', pairs: own.map(({ key, column }) => ({ own: key, other: column })) },
      from,
      to: bridge,
    },
    {
      kind: 'one',
      relation: { ...half, cardinality: 'one', pairs: other.map(({ key, column }) => ({ own: column, other: key })) },
      from: bridge,
      to,
    },
  ]
}

/**
 * The hops of a path from `outer`, whose part `start` leads to many rows, up to the last part that does; with `toEnd` up to the last
 * that is a relation.
 */
export function readChain(
  parts: readonly string[],
  outer: Rows,
  start: number,
  { checker }: Scope,
  toEnd = false,
): Chain {
  const { catalog } = checker
  const hops: Hop[] = []
  let end = start
  let count = 0
  let model = outer.scan.model
  for (let at = start; at < parts.length; at++) {
    const relation = findOwn(model.relations, parts[at])
    const to = relation && catalog.models[relation.to]
    if (!relation || !to) break
    const isMany = isToMany(relation)
    if (relation.through !== undefined) hops.push(...crossBridge(relation, model, to, catalog))
    else hops.push({ kind: isMany ? 'many' : 'one', relation, from: model, to })
    if (isMany || toEnd) [end, count] = [at + 1, hops.length]
    model = to
  }
  const [first, ...rest] = hops.slice(0, count)
  invariant(first, 'a chain has at least one to-many relation')
  return { outer, hops: [first, ...rest], parts: parts.slice(0, end) }
}

const startsFromKey = ({ relation, from }: Hop): boolean =>
  from.key.every((key) => relation.pairs.some(({ own }) => own === key))

/** Whether no two ways of a chain lead to one row: then the way back from a row leads to one row at each hop. */
export const isTree = ({ hops: [, ...rest] }: Chain): boolean =>
  rest.every((hop) => hop.kind === 'many' && startsFromKey(hop))

/** Whether a row at the end of a chain may belong to several rows of `relation`, from which the chain starts. */
export function isShared(chain: Chain, { rows }: CheckedRelation): boolean {
  const { outer, hops } = chain
  const isOwn = outer.path === '' || [...(rows?.expanded.values() ?? [])].includes(outer)
  return !isOwn || !isTree(chain) || !startsFromKey(hops[0])
}
