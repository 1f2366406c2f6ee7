import { roundTo } from '../../base/round.ts'
import type { Tested } from '../../detectors/detector.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import { isPatternKind } from '../../findings/tell/pattern.ts'

/**
 * Digits of a verdict that are kept. Those beyond can differ between two readings of the same rows: a sum of floating-point numbers that
 * `settleValues` rounds up in one order of rows and down in another is off by one in its twelfth.
 */
const digits = 9
const round = (value: number): number => roundTo(value, digits)

/** What is stored of any verdict, whether or not it says when; `more` are further details. */
export function pickNumbers(
  verdict: Tested,
  more: TestedNumbers['details'] = {},
): Omit<TestedNumbers, 'from' | 'to' | 'periods'> {
  const { pValue, direction, observed, expected, low, high, change, details } = verdict
  return {
    pValue: round(pValue),
    direction,
    observed: round(observed),
    expected: round(expected),
    low: round(low),
    high: round(high),
    change: Number.isFinite(change) ? round(change) : null,
    details: Object.fromEntries(
      Object.entries({ ...details, ...more }).map(([name, value]) => [
        name,
        typeof value === 'number' ? round(value) : value,
      ]),
    ),
  }
}

/** The numbers with the parts of a sentence, where the detector's kind is told by them. */
export const withSentence = (numbers: TestedNumbers, { sentence }: Tested, detector: string): TestedNumbers =>
  isPatternKind(detector) ? { ...numbers, sentence } : numbers

/** The numbers of a verdict without an onset. `share` is how much of the whole measure it moves, 0 and up. */
export function toStandingNumbers(verdict: Tested, share: number): TestedNumbers {
  const { effect } = verdict
  const more = {
    share_of_whole: Number.isFinite(share) ? share : 1,
    effect: effect.value,
    effect_low: effect.low,
    effect_high: effect.high,
  }
  return { ...pickNumbers(verdict, more), from: null, to: null, periods: 0 }
}
