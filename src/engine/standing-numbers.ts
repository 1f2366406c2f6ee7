import type { Tested } from '../detectors/detector.ts'
import type { TestedNumbers } from '../findings/finding.ts'

/** The numbers of a verdict without an onset. `share` is how much of the whole measure it moves, 0 and up. */
export function toStandingNumbers(verdict: Tested, share: number): TestedNumbers {
  const { pValue, direction, observed, expected, low, high, change, effect, details } = verdict
  return {
    pValue,
    direction,
    observed,
    expected,
    low,
    high,
    change: Number.isFinite(change) ? change : null,
    from: null,
    to: null,
    periods: 0,
    details: {
      ...details,
      share_of_whole: Number.isFinite(share) ? share : 1,
      ...(effect && { effect: effect.value, effect_low: effect.low, effect_high: effect.high }),
    },
  }
}
