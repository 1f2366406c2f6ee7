import { invariant } from '../../base/invariant.ts'
import { followToOne } from '../bind/bind-path.ts'
import type { Bound, BoundColumn } from '../bind/bound.ts'
import { type Chain, type Hop, isTree } from './chain.ts'
import { openRelation, type Scope } from './checker.ts'
import { expandRows, findField, followRelation, identifyRow, type Rows, useColumn } from './rows.ts'

/** A value of the outer row in a condition on related rows, as `this.created_at`, and the column that holds it there. */
export interface Seen {
  readonly name: string
  readonly value: Bound
}

/**
 * How rows are found that several ways may lead to: from hop to hop, then each pair of what the outer row is matched by and a row at the
 * end once.
 */
export interface Reach {
  readonly start: Rows
  /** Rows beyond, one hop after the other, with the columns that match. */
  readonly hops: readonly {
    readonly rows: Rows
    readonly left: readonly BoundColumn[]
    readonly right: readonly string[]
  }[]
  /** What the outer row is matched by, and the names that it has beside the rows at the end. */
  readonly keys: readonly BoundColumn[]
  readonly names: readonly string[]
  /** What identifies a row at the end, and the columns of that row. */
  readonly ends: readonly BoundColumn[]
  readonly key: readonly string[]
}

/** Rows at the end of a chain, and how they are matched with the row where it starts. */
export interface OpenedChain {
  readonly inner: Scope
  readonly rows: Rows
  readonly reach: Reach | undefined
  /** What each row is matched by, and the columns of the outer row that pair with these. */
  readonly keys: readonly Bound[]
  readonly outer: readonly BoundColumn[]
  /** Whether `outer` tells each outer row from all others: the rest of that row need not be matched. */
  readonly tellsRows: boolean
  /** What conditions on the rows see of the outer row; grows while they are checked. */
  readonly seen: ReadonlyMap<string, Seen>
}

/** Columns of one side of a hop. */
const useOwn = (rows: Rows, { relation, to }: Hop, { checker }: Scope): readonly BoundColumn[] =>
  relation.pairs.map(({ own, other }) => useColumn(rows, own, checker.names, findField(to, other)))

const useOther = (rows: Rows, { relation, from }: Hop, { checker }: Scope): readonly BoundColumn[] =>
  relation.pairs.map(({ own, other }) => useColumn(rows, other, checker.names, findField(from, own)))

/** Each row at the end has one way back: its rows are read alone, and the way back is looked up. */
function climb(rows: Rows, { hops }: Chain, scope: Scope): readonly Bound[] {
  const { names, calendar, open } = scope.checker
  let current = rows
  for (let at = hops.length - 1; at > 0; at--) {
    const { relation, from } = hops[at]!
    const pairs = relation.pairs.map(({ own, other }) => ({ own: other, other: own }))
    const back = { name: `via ${hops[at - 1]!.relation.name}`, pairs, valid: undefined }
    current = followRelation(current, back, { open: () => open(from), names, calendar })
  }
  return useOther(current, hops[0], scope)
}

/** Follows a chain hop by hop from the rows of its first. */
function descend({ hops: [first, ...rest] }: Chain, final: Rows, scope: Scope): Reach {
  const { names, open } = scope.checker
  const start = open(first.to)
  const keys = useOther(start, first, scope)
  const hops: Reach['hops'][number][] = []
  let current = start
  // Where a way went to many last: histories beyond are looked into when that row happened.
  let many = start
  for (const hop of rest) {
    if (hop.kind === 'one') {
      current = followToOne(current, hop.relation, many, scope)
      continue
    }
    const left = useOwn(current, hop, scope)
    const rows = expandRows(current, open(hop.to), names.take(hop.relation.name), 0)
    const right = useOther(rows, hop, scope).map(({ name }) => name.slice(rows.path.length + 1))
    hops.push({ rows, left, right })
    current = rows
    many = rows
  }
  return {
    start,
    hops,
    keys,
    names: keys.map(() => names.take('reached_from')),
    ends: identifyRow(current, names),
    key: final.scan.model.key.map((column) => useColumn(final, column, names).name),
  }
}

/** The rows at the end of a chain, and how they are matched with the row where it starts. */
export function openChain(chain: Chain, scope: Scope): OpenedChain {
  const { checker } = scope
  const { outer, hops, parts } = chain
  const relation = openRelation(checker, hops.at(-1)!.to)
  const { rows } = relation
  invariant(rows, 'rows of a model can be named')
  const reach = isTree(chain) ? undefined : descend(chain, rows, scope)
  const keys = reach
    ? reach.keys.map(
        ({ type }, at): BoundColumn => ({
          kind: 'column',
          name: reach.names[at]!,
          type,
          rows: undefined,
          field: undefined,
        }),
      )
    : climb(rows, chain, scope)
  const seen = new Map<string, Seen>()
  const inner: Scope = { checker, relation, mode: 'row', across: false, inside: parts, outer: { scope, seen } }
  return { inner, rows, reach, keys, outer: useOwn(outer, hops[0], scope), tellsRows: tellsRows(chain, scope), seen }
}

function tellsRows({ outer, hops: [{ relation }] }: Chain, { relation: { grain, rows, repeats } }: Scope): boolean {
  if (grain.kind !== 'model' || outer !== rows || repeats.length > 0) return false
  return rows.scan.model.key.every((column) => relation.pairs.some(({ own }) => own === column))
}
