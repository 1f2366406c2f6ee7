import { adjustPValues } from '../../src/stats/benjamini-hochberg.ts'
import { combineBySimes } from '../../src/stats/simes.ts'

/** A family of the tree: tests of its own at the leaves, or families below it. `screen` replaces the p-value made from what is below. */
export interface Branch<T> {
  readonly children: readonly Branch<T>[]
  readonly leaf?: { readonly value: T; readonly pValue: number }
  readonly screen?: number
}

function pValueOf<T>({ leaf, children, screen }: Branch<T>): number {
  if (leaf) return leaf.pValue
  return screen ?? combineBySimes(Float64Array.from(children, pValueOf))
}

/**
 * TreeBH (Bogomolov, Peterson, Benjamini and Sabatti 2021): a branch's p-value is Simes' over those below it; from the top down each family
 * of branches is tested by Benjamini and Hochberg's procedure, at the rate times the shares selected in the families above it. Of the
 * families that are opened, the expected share of false ones is at most the rate on average, level by level; over everything that
 * is found together it is not promised.
 */
export function selectTree<T>(branches: readonly Branch<T>[], rate: number): readonly T[] {
  const qValues = adjustPValues(Float64Array.from(branches, pValueOf))
  const selected = branches.filter((_, at) => qValues[at]! <= rate)
  const below = (rate * selected.length) / Math.max(1, branches.length)
  return selected.flatMap(({ leaf, children }) => (leaf ? [leaf.value] : selectTree(children, below)))
}
