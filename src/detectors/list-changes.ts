import { takeSample } from './sample.ts'
import { searchChanges } from './search-changes.ts'
import type { Series } from './shapes.ts'

/** A place where the level changed. */
export interface Change {
  /** First index of the new regime. */
  readonly index: number
  readonly pValue: number
  /** Mean value from the change before to this one, and from this one to the next. */
  readonly before: number
  readonly after: number
}

/** A change counts when the search for it, among all that were tried, has this p-value at most. */
const alpha = 0.01
const shiftsMax = 12
/** Fewest points that are searched. */
const countMin = 12

/** All level shifts of a series as places: a shift that returns is two. Empty where there is none or too little to tell. */
export function listChanges(series: Series, season: number): readonly Change[] {
  const sample = takeSample(series, season)
  if (sample.count < countMin || sample.value.every((x) => x === sample.value[0])) return []
  const { shifts } = searchChanges(sample, alpha, shiftsMax)
  const found = new Map<number, number>()
  for (const { from, to, pValue } of shifts) {
    for (const at of [from, to]) if (at < sample.count) found.set(at, Math.min(pValue, found.get(at) ?? 1))
  }
  const places = [...found.keys()].sort((a, b) => a - b)
  const mean = (from: number, to: number) =>
    sample.value.subarray(from, to).reduce((sum, x) => sum + x, 0) / (to - from)
  return places.map((at, k) => ({
    index: sample.place[at]!,
    pValue: found.get(at)!,
    before: mean(places[k - 1] ?? 0, at),
    after: mean(at, places[k + 1] ?? sample.count),
  }))
}
