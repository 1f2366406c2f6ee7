import { inScratch } from '../../stats/scratch.ts'
import type { Series } from '../shapes.ts'
import { keepBaseline } from './baseline.ts'
import { type Sample, takeSample } from './sample.ts'
import { type ChangeSearch, searchChanges } from './search-changes.ts'

/** Shifts that a detector takes as given are this sure. */
const sure = 1e-3
const shiftsMax = 4
/** Fewest points that a baseline can be fitted to. */
const fitMin = 14

export type Analysis =
  | ({ readonly status: 'fitted' } & ChangeSearch)
  | { readonly status: 'untestable'; readonly sample: Sample }

/** The last analysis of each series that is still in use: detectors of one series share it. */
const analyses = new WeakMap<Series, Map<number, Analysis>>()

/** The analysis of a series if a detector has asked for it already. */
export function findAnalysis(series: Series, season: number): ChangeSearch | undefined {
  const known = analyses.get(series)?.get(season)
  return known?.status === 'fitted' ? known : undefined
}

function keepSearch(search: ChangeSearch): ChangeSearch {
  const baseline = keepBaseline(search.baseline)
  return { ...search, baseline, plain: search.plain === search.baseline ? baseline : keepBaseline(search.plain) }
}

/** Season, trend, shifts, bends and noise of a series, computed once however many detectors ask. */
export function analyseChanges(series: Series, season: number): Analysis {
  const known = analyses.get(series)?.get(season)
  if (known) return known
  const sample = takeSample(series, season)
  const isFlat = sample.count < fitMin || sample.value.every((x) => x === sample.value[0])
  const analysis: Analysis = isFlat
    ? { status: 'untestable', sample }
    : { status: 'fitted', ...inScratch(() => keepSearch(searchChanges(sample, sure, shiftsMax))) }
  const ofSeries = analyses.get(series) ?? new Map<number, Analysis>()
  analyses.set(series, ofSeries.set(season, analysis))
  return analysis
}
