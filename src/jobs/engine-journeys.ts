import { answerQuestion } from '../engine/ask/answer-question.ts'
import { composeDigests } from '../engine/digest/compose-digests.ts'
import { deliverDigest } from '../engine/digest/deliver-digest.ts'
import { planCycle } from '../engine/plan/plan-cycle.ts'
import { runScan } from '../engine/scan/run-scan.ts'
import { judgeCycle } from '../engine/tell/judge-cycle.ts'
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
