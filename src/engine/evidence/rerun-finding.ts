import { Failure } from '../../base/failure.ts'
import type { Rerun } from '../../findings/evidence.ts'
import type { Finding, TestedNumbers } from '../../findings/finding.ts'
import { compareNumbers } from '../../findings/tell/compare-numbers.ts'
import { findCycle } from '../../store/cycles.ts'
import { findEvidence, saveRerun } from '../../store/evidence.ts'
import { findFinding } from '../../store/findings.ts'
import type { EngineContext } from '../context.ts'
import { listModelTimes, lookAtModel } from '../data/look-at-models.ts'
import { tryToExplain } from '../tell/explain-finding.ts'
import { replayTest } from './replay-test.ts'

/**
 * Asks a finding's question again, on today's data but as of the day it was asked: does it still hold? Late rows and corrections show
 * here. The outcome is kept.
 */
export async function rerunFinding(context: EngineContext, key: string): Promise<Rerun> {
  const { database, workspace, now } = context
  const finding = await findFinding(database, workspace, key)
  if (!finding) throw new Failure(`there is no finding \`${key}\``, { code: 'finding-not-found' })
  const evidence = await findEvidence(database, workspace, key, finding.cycleId)
  const before = evidence?.test.numbers ?? numbersOf(finding)
  const missing = await findMissing(context, finding)
  const ofOther = finding.with && (await findMissing(context, { ...finding.with, cycleId: finding.cycleId }))
  const { replayed } = await replayTest(context, finding, missing, ofOther)
  const after = replayed.status === 'tested' ? replayed.numbers : null
  const { holds, difference } = compareNumbers(before, after, {
    style: { unit: finding.unit, format: finding.format },
    ...(replayed.status === 'untestable' && { reason: replayed.reason }),
  })
  const cycle = await findCycle(database, finding.cycleId)
  const explained = cycle && after && (await tryToExplain(context, finding, cycle.asOf, missing))
  const rerun: Rerun = {
    ranAt: new Date(now()).toISOString(),
    holds,
    before,
    after,
    difference,
    ...(explained && { explained }),
  }
  await saveRerun(database, workspace, key, rerun)
  return rerun
}

const numbersOf = ({ pValue, direction, observed, expected, low, high, change, from, to }: Finding): TestedNumbers => ({
  pValue,
  direction,
  observed,
  expected,
  low,
  high,
  change,
  from,
  to,
  periods: 0,
  details: {},
})

/** Holes in the data as they are now. */
async function findMissing(
  context: EngineContext,
  { model, metric, cycleId }: Pick<Finding, 'model' | 'metric' | 'cycleId'>,
): Promise<readonly string[]> {
  const cycle = await findCycle(context.database, cycleId)
  const modelTime = listModelTimes(context.catalog).find(
    (one) => one.model === model && one.metrics.some(({ name }) => name === metric),
  )
  if (!cycle || !modelTime) return []
  const { profile } = await lookAtModel(context, modelTime, cycle.asOf)
  return profile?.missing ?? []
}
