import { accountChange } from './account-change.ts'
import { arrival } from './arrival.ts'
import { association } from './association.ts'
import { concentration } from './concentration.ts'
import { contribution } from './contribution.ts'
import { correlation } from './correlation.ts'
import type { AnyDetector, Detector } from './detector.ts'
import { divergence } from './divergence.ts'
import { drift } from './drift.ts'
import { drought } from './drought.ts'
import { durationShift } from './duration-shift.ts'
import { funnelShift } from './funnel-shift.ts'
import { leadLag } from './lead-lag.ts'
import { levelShift } from './level-shift.ts'
import { mixOrRate } from './mix-or-rate.ts'
import { outlier } from './outlier.ts'
import { pace } from './pace.ts'
import { peerOutlier } from './peer-outlier.ts'
import { rankChange } from './rank-change.ts'
import { record } from './record.ts'
import { retentionShift } from './retention-shift.ts'
import { reversal } from './reversal.ts'
import { rootCause } from './root-cause.ts'
import { seasonChange } from './season-change.ts'
import type { Shape } from './shapes.ts'
import { trend } from './trend.ts'
import { trendChange } from './trend-change.ts'
import { volatility } from './volatility.ts'

/** All detectors, in the order in which the reference lists them. Names are stored: never rename one. */
export const detectors: readonly AnyDetector[] = [
  outlier as Detector,
  levelShift as Detector,
  trend as Detector,
  trendChange as Detector,
  drought as Detector,
  seasonChange as Detector,
  volatility as Detector,
  record as Detector,
  pace as Detector<'goal'>,
  arrival as Detector<'arrivals'>,
  funnelShift as Detector<'conversions'>,
  retentionShift as Detector<'cohorts'>,
  durationShift as Detector<'durations'>,
  drift as Detector<'samples'>,
  association as Detector<'strata'>,
  reversal as Detector<'strata'>,
  peerOutlier as Detector<'cross-section'>,
  correlation as Detector<'points'>,
  rootCause as Detector<'leaves'>,
  contribution as Detector<'leaves'>,
  mixOrRate as Detector<'leaves'>,
  divergence as Detector<'breakdown'>,
  concentration as Detector<'breakdown'>,
  rankChange as Detector<'breakdown'>,
  leadLag as Detector<'pair'>,
  accountChange as Detector<'accounts'>,
]

/** The detectors of one shape. */
export function listDetectors<S extends Shape>(shape: S): readonly Detector<S>[] {
  return detectors.filter((detector) => detector.shape === shape) as readonly unknown[] as readonly Detector<S>[]
}

/** The detector of series that a `test` step names, if there is one. */
export function findSeriesDetector(name: string): Detector<'series'> | undefined {
  return listDetectors('series').find((detector) => detector.name === name)
}
