import { accountChangeExamples } from './account-change.ts'
import { arrivalExamples } from './arrival.ts'
import { associationExamples } from './association.ts'
import { concentrationExamples } from './concentration.ts'
import { contributionExamples } from './contribution.ts'
import { correlationExamples } from './correlation.ts'
import { divergenceExamples } from './divergence.ts'
import { driftExamples } from './drift.ts'
import { droughtExamples } from './drought.ts'
import { durationShiftExamples } from './duration-shift.ts'
import type { Examples } from './example.ts'
import { funnelShiftExamples } from './funnel-shift.ts'
import { leadLagExamples } from './lead-lag.ts'
import { levelShiftExamples } from './level-shift.ts'
import { mixOrRateExamples } from './mix-or-rate.ts'
import { outlierExamples } from './outlier.ts'
import { paceExamples } from './pace.ts'
import { peerOutlierExamples } from './peer-outlier.ts'
import { rankChangeExamples } from './rank-change.ts'
import { recordExamples } from './record.ts'
import { retentionShiftExamples } from './retention-shift.ts'
import { reversalExamples } from './reversal.ts'
import { rootCauseExamples } from './root-cause.ts'
import { seasonChangeExamples } from './season-change.ts'
import { trendExamples } from './trend.ts'
import { trendChangeExamples } from './trend-change.ts'
import { volatilityExamples } from './volatility.ts'

/** What the pages of the detectors show, in their order. */
export const examples: readonly Examples[] = [
  outlierExamples,
  levelShiftExamples,
  trendExamples,
  trendChangeExamples,
  droughtExamples,
  seasonChangeExamples,
  volatilityExamples,
  recordExamples,
  paceExamples,
  arrivalExamples,
  funnelShiftExamples,
  retentionShiftExamples,
  durationShiftExamples,
  driftExamples,
  associationExamples,
  reversalExamples,
  peerOutlierExamples,
  correlationExamples,
  rootCauseExamples,
  contributionExamples,
  mixOrRateExamples,
  divergenceExamples,
  concentrationExamples,
  rankChangeExamples,
  leadLagExamples,
  accountChangeExamples,
] as readonly unknown[] as readonly Examples[]
