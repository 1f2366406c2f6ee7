import { quantileOfSorted } from '../../stats/quantile.ts'
import { findFirst } from '../../stats/rank.ts'
import type { TwoSamples } from '../shapes.ts'

/** Numbers are counted in at most so many bins of about equal size. */
const binsMax = 128
/** Categories beyond the most frequent ones count as one; so do those of which fewer rows are to be expected in the smaller sample. */
const categoriesMax = 30
const expectedLeast = 5

/** Column of each row of both samples. */
export interface CodedRows {
  readonly codes: readonly [Int32Array, Int32Array]
  /** Of each column: the category, or the largest value of the bin. */
  readonly labels: readonly string[]
  readonly isOrdered: boolean
}

/** Upper edges of the bins: quantiles of all values, each once. */
function findEdges(first: Float64Array, second: Float64Array): Float64Array {
  const pooled = new Float64Array(first.length + second.length)
  pooled.set(first)
  pooled.set(second, first.length)
  pooled.sort()
  const distinct = pooled.filter((value, at) => value !== pooled[at - 1])
  if (distinct.length <= binsMax) return distinct
  const edges = Float64Array.from({ length: binsMax }, (_, bin) => quantileOfSorted(pooled, (bin + 1) / binsMax))
  return edges.filter((value, at) => value !== edges[at - 1])
}

/** Numbers in bins of about equal size, in order. */
function codeNumbers(first: Float64Array, second: Float64Array): CodedRows {
  const edges = findEdges(first, second)
  const last = edges.length - 1
  const code = (values: Float64Array) => Int32Array.from(values, (value) => Math.min(last, findFirst(edges, value)))
  return { codes: [code(first), code(second)], labels: Array.from(edges, String), isOrdered: true }
}

/** Categories, most frequent first; rare ones together. */
function codeCategories(first: readonly string[], second: readonly string[]): CodedRows {
  const counts = new Map<string, number>()
  for (const values of [first, second]) for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const least = (expectedLeast * (first.length + second.length)) / Math.min(first.length, second.length)
  const ordered = [...counts].toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
  const own = ordered.filter(([, count]) => count >= least).slice(0, categoriesMax)
  const others = ordered.slice(own.length).reduce((sum, [, count]) => sum + count, 0)
  const labels = own.map(([category]) => category)
  if (others >= least || own.length === 0) labels.push('all others')
  else if (others > 0) labels.push(`${labels.pop()} and all others`)
  const place = new Map(own.map(([category], at) => [category, at]))
  const last = labels.length - 1
  const code = (values: readonly string[]) =>
    Int32Array.from(values, (value) => Math.min(last, place.get(value) ?? last))
  return { codes: [code(first), code(second)], labels, isOrdered: false }
}

/** Gives each row the column it is counted in. Numbers are ordered, everything else is a category. */
export function codeRows({ first, second }: TwoSamples): CodedRows {
  const [one, other] = [first.values, second.values]
  return one instanceof Float64Array && other instanceof Float64Array
    ? codeNumbers(one, other)
    : codeCategories(Array.from(one, String), Array.from(other, String))
}
