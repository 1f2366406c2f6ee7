import type { Series } from '../../detectors/shapes.ts'
import type { StoredVerdict } from '../finding.ts'
import { farTail } from './tighten-detectors.ts'

/**
 * A series without the periods in which something happened to it, by verdicts that are as sure as those that replicates are counted by: permuted in
 * time, its busy weeks would be so many events, and a detector that sees them rightly would be taken for one that is too sure. What changed for more than
 * half of the series is how it is; then the periods of the other level are left out.
 */
export function leaveOutEvents(series: Series, verdicts: readonly StoredVerdict[]): Series {
  const { length } = series.values
  const excluded = Uint8Array.from({ length }, (_, at) => series.excluded?.[at] ?? 0)
  for (const verdict of verdicts) {
    if (verdict.status !== 'tested' || verdict.numbers.pValue > farTail || verdict.numbers.from === null) continue
    const from = series.at.indexOf(verdict.numbers.from)
    const to = verdict.numbers.to === null ? length : series.at.indexOf(verdict.numbers.to)
    if (from < 0 || to <= from) continue
    const isShort = to - from <= length / 2
    for (let at = 0; at < length; at++) if ((at >= from && at < to) === isShort) excluded[at] = 1
  }
  return { ...series, excluded }
}
