import type { Candidate } from '../candidate.ts'

/** Onsets this many seasons apart may be one movement, seen through different noise. */
const onsetSeasons = 2
/**
 * Part of a bend's span within which a step, or another bend, may be what it saw. A bend that is fitted to a step begins before it: by half of the time since
 * the step where there is no noise, and by up to twice as much where there is. A slow rise is told as a step from its middle on.
 */
const bentMax = 2 / 3

/** Whether growth turned, rather than a level. */
export const isBend = ({ verdict }: Candidate): boolean => verdict.hypothesis.detector === 'trend_change'

/** Whether the earlier of two is a bend in which the other begins: both may be one movement. */
export function bendsInto(a: Candidate, b: Candidate): boolean {
  const [first, second] = a.window.from <= b.window.from ? [a, b] : [b, a]
  const { from, to } = first.window
  return isBend(first) && second.window.from - from <= bentMax * (to - from)
}

/** Whether two movements of one table may have begun together. */
export const beginTogether = (a: Candidate, b: Candidate, season: number): boolean =>
  Math.abs(a.window.from - b.window.from) <= onsetSeasons * season || bendsInto(a, b)
