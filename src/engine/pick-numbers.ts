import type { Tested } from '../detectors/detector.ts'
import type { TestedNumbers } from '../findings/finding.ts'
import { isPatternKind } from '../findings/pattern.ts'

/** What is stored of any verdict, whether or not it says when. */
export function pickNumbers(verdict: Tested): Omit<TestedNumbers, 'from' | 'to' | 'periods'> {
  const { pValue, direction, observed, expected, low, high, change, details } = verdict
  return {
    pValue,
    direction,
    observed,
    expected,
    low,
    high,
    change: Number.isFinite(change) ? change : null,
    details,
  }
}

/** The numbers with the parts of a sentence, where the detector's kind is told by them. */
export const withSentence = (numbers: TestedNumbers, { sentence }: Tested, detector: string): TestedNumbers =>
  isPatternKind(detector) ? { ...numbers, sentence } : numbers

/** The numbers of a verdict without an onset. `share` is how much of the whole measure it moves, 0 and up. */
export function toStandingNumbers(verdict: Tested, share: number): TestedNumbers {
  const { effect, details } = verdict
  return {
    ...pickNumbers(verdict),
    from: null,
    to: null,
    periods: 0,
    details: {
      ...details,
      share_of_whole: Number.isFinite(share) ? share : 1,
      effect: effect.value,
      effect_low: effect.low,
      effect_high: effect.high,
    },
  }
}
