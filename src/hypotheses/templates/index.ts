import { accountChanged } from './account-changed.ts'
import { behaviourWithReturn } from './behaviour-with-return.ts'
import { cohortRetention } from './cohort-retention.ts'
import { concentrationChanged } from './concentration-changed.ts'
import { distributionDrifted } from './distribution-drifted.ts'
import { durationChanged } from './duration-changed.ts'
import { funnelStepShifted } from './funnel-step-shifted.ts'
import { metricMoved } from './metric-moved.ts'
import { metricTrend } from './metric-trend.ts'
import { metricsLeadLag } from './metrics-lead-lag.ts'
import { mixShifted } from './mix-shifted.ts'
import { paceToGoal } from './pace-to-goal.ts'
import { patternBroken } from './pattern-broken.ts'
import { recordSet } from './record-set.ts'
import { sliceAgainstSiblings } from './slice-against-siblings.ts'
import { sliceMoved } from './slice-moved.ts'
import { sliceStopped } from './slice-stopped.ts'
import { sliceTrend } from './slice-trend.ts'
import type { Template } from './template.ts'

/** Every template, in the order in which they are asked. */
export const templates: readonly Template[] = [
  metricMoved,
  metricTrend,
  sliceMoved,
  sliceTrend,
  sliceStopped,
  patternBroken,
  recordSet,
  sliceAgainstSiblings,
  concentrationChanged,
  mixShifted,
  accountChanged,
  cohortRetention,
  durationChanged,
  paceToGoal,
  funnelStepShifted,
  metricsLeadLag,
  behaviourWithReturn,
  distributionDrifted,
]
