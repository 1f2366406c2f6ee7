import { answerQuestion } from '../engine/answer-question.ts'
import { composeDigests } from '../engine/compose-digests.ts'
import { deliverDigest } from '../engine/deliver-digest.ts'
import { judgeCycle } from '../engine/judge-cycle.ts'
import { planCycle } from '../engine/plan-cycle.ts'
import { runScan } from '../engine/run-scan.ts'
import type { Journeys } from './journeys.ts'

/** The journeys that workers start unless they are given others. */
export const engineJourneys: Journeys = {
  planCycle,
  runScan,
  judgeCycle,
  composeDigests,
  deliverDigest,
  answerQuestion,
}
