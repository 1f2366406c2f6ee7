import type { Finding } from '../findings/finding.ts'

/** What is compared of findings: their worth, and which rows they speak of. */
export type Diverse = Pick<Finding, 'model' | 'metric' | 'slice'> & { readonly score: { readonly total: number } }

/** How much worth counts beside being unlike what is chosen already: `lambda` of maximal marginal relevance. */
const worthWeight = 0.7
/** Other metrics of the same rows say something else of them. */
const otherMetric = 0.5

/**
 * How much two findings speak of the same rows, 0..1: conditions in common over all conditions (the whole counts as one of each), which is a guess
 * at shared rows where all slices are equally large. Slices that exclude each other share none, nor do other models.
 */
export function compareFindings(a: Diverse, b: Diverse): number {
  if (a.model !== b.model) return 0
  const valueBy = new Map(a.slice.map(({ field, value }) => [field, value]))
  const both = b.slice.filter(({ field }) => valueBy.has(field))
  if (both.some(({ field, value }) => valueBy.get(field) !== value)) return 0
  const all = a.slice.length + b.slice.length - both.length
  return ((1 + both.length) / (1 + all)) * (a.metric === b.metric ? 1 : otherMetric)
}

/**
 * `count` of the findings (best first), each the best by its worth less its likeness to what is chosen before it: maximal marginal relevance
 * (Carbonell and Goldstein 1998). Given in the order they came in; the best is always among them.
 */
export function chooseDiverse<T extends Diverse>(findings: readonly T[], count: number): readonly T[] {
  const chosen = new Set<T>()
  const marginOf = (one: T): number => {
    const likest = [...chosen].reduce((most, other) => Math.max(most, compareFindings(one, other)), 0)
    return worthWeight * one.score.total - (1 - worthWeight) * likest
  }
  while (chosen.size < Math.min(count, findings.length)) {
    const open = findings.filter((one) => !chosen.has(one)).map((one) => ({ one, margin: marginOf(one) }))
    chosen.add(open.reduce((best, other) => (other.margin > best.margin ? other : best)).one)
  }
  return findings.filter((one) => chosen.has(one))
}
