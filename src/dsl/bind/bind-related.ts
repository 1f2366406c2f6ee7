import { type Chain, readChain } from '../check/chain.ts'
import type { Scope } from '../check/checker.ts'
import type { OpenedChain } from '../check/open-chain.ts'
import { isAggregate, isBucket } from '../functions/index.ts'
import { quotePath } from '../text/quote.ts'
import type { Call, Expression } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import { findSpan, placeNode } from '../tree/spans.ts'
import { listPaths, mapChildren } from '../tree/walk.ts'
import { resolvePath } from './bind-path.ts'
import { type Bound, unknown } from './bound.ts'

const isClosed = ({ name }: Call) => isAggregate(name)

/**
 * The to-many chain that the arguments of a call go along; undefined when they stay with the row. With `toEnd` it goes on over relations to
 * one row.
 */
export function findChain(args: readonly Expression[], scope: Scope, toEnd = false): Chain | 'refused' | undefined {
  let chain: Chain | undefined
  for (const path of args.flatMap((arg) => listPaths(arg, isClosed))) {
    const found = resolvePath(path.parts, scope)
    if (found.kind !== 'many') continue
    const whole = toEnd ? readChain(path.parts, found.from, found.at, scope, true) : undefined
    const isWhole = whole?.parts.length === path.parts.length
    const one = isWhole ? whole : readChain(path.parts, found.from, found.at, scope)
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
  { rows, reach, keys, outer, tellsRows, seen }: OpenedChain,
  node: Call,
  whenNone: 0 | undefined,
): Bound {
  if (measure.type === 'unknown') return unknown
  const name = findDefaultName(node, isBucket) ?? node.name
  return {
    kind: 'related',
    type: measure.type,
    ...(measure.unit === undefined ? {} : { unit: measure.unit }),
    related: {
      inner: rows,
      reach,
      keys,
      outer,
      tellsRows,
      seen: [...seen.values()],
      where,
      measure,
      name,
      ...(whenNone === undefined ? {} : { whenNone }),
    },
  }
}
