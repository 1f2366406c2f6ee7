import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { Failure } from '../../base/failure.ts'
import { invariant } from '../../base/invariant.ts'
import type { Metric } from '../../catalog/catalog.ts'
import type { Candidate, Story } from '../../findings/candidate.ts'
import { findDrivers } from '../../findings/drivers/find-drivers.ts'
import { type Controlled, controlErrors } from '../../findings/errors/control-errors.ts'
import { countTrials } from '../../findings/errors/count-trials.ts'
import { measureMovement } from '../../findings/explain/measure-movement.ts'
import { type StandingStory, strengthOf, weighKind } from '../../findings/explain/standing.ts'
import { baseOf } from '../../findings/extent.ts'
import { weighFault } from '../../findings/faults/data-fault.ts'
import type { Finding, StoredVerdict } from '../../findings/finding.ts'
import { composeFinding, rankFindings } from '../../findings/tell/compose-finding.ts'
import { isPattern, measurePatternShare } from '../../findings/tell/pattern.ts'
import { weighAgainstWhole } from '../../findings/tell/tell-suggested.ts'
import { chooseCards } from '../../reports/digest.ts'
import { type Cycle, findCycle, findPreviousCycle, updateCycle } from '../../store/cycles.ts'
import { saveEvidence } from '../../store/evidence.ts'
import { listHeard } from '../../store/feedback.ts'
import { listCycleFindings, saveFindings } from '../../store/findings.ts'
import { listScans, type StoredScan } from '../../store/scans.ts'
import { saveTrials } from '../../store/trials.ts'
import { listVerdicts } from '../../store/verdicts.ts'
import type { EngineContext } from '../context.ts'
import { gatherEvidence } from '../evidence/gather-evidence.ts'
import type { SpaceCosts } from '../plan/open-space.ts'
import type { ScanMemory } from '../scan/load-scan.ts'
import { endMutes } from './end-mutes.ts'
import { explainShown } from './explain-shown.ts'
import { closeLedger, openLedger } from './keep-ledger.ts'
import { isOfPeriods, openSpaces, openYearBefore } from './open-spaces.ts'
import { elapsedMs, summarise } from './summarise-cycle.ts'
import { tellRecoveries } from './tell-recoveries.ts'
import { metricOf, type Spaces } from './tell-stories.ts'
import { tellWhatHeldUp } from './tell-what-held-up.ts'

/**
 * The barrier of a cycle: error control over everything that was tested, then merging, ranking, drivers and evidence of what is shown.
 * Saves findings (those that recovered last) and evidence and marks the cycle done. Judging again replaces what was saved. A cycle of which no scan could be run has
 * failed: it tells nothing about any story, so that the next cycle goes on from the one before it.
 */
export async function judgeCycle(
  context: EngineContext,
  cycleId: string,
  memory: ScanMemory = new Map(),
): Promise<readonly Finding[]> {
  const { database, workspace } = context
  const cycle = await findCycle(database, cycleId)
  invariant(cycle, `cycle \`${cycleId}\` is stored before it is judged`)
  await updateCycle(database, cycleId, { state: 'judging' })
  const scans = await listScans(database, cycleId)
  expectSomeScan(scans)
  const all = await listVerdicts(database, cycleId)
  const replicates = all.filter(({ isReplicate }) => isReplicate)
  const ledger = await openLedger(context, cycle, replicates)
  await yieldToOthers()
  const control = controlErrors(
    all.filter(({ isReplicate }) => !isReplicate),
    context.engine.fdr,
    ledger.tightened,
  )
  await yieldToOthers()
  const costs: SpaceCosts = { queries: 0, warehouseMs: 0 }
  const spaces = openSpaces(context, scans, memory, costs)
  const before = await listFindingsBefore(context, cycle)
  const holds = { control, rate: context.engine.fdr, before, ...ledger }
  const { stories, discovered, untold } = await tellWhatHeldUp(context, {
    heldUp: control.heldUp,
    almost: control.almost,
    asOf: cycle.asOf,
    holds,
    spaces,
    yearBefore: openYearBefore(context, scans, costs),
    costs,
  })
  await endMutes(context, cycle, all)
  const composed = await composeFindings(context, { cycle, stories, spaces, verdicts: all, before })
  const isScanned = (model: string, time: string) =>
    scans.some((scan) => scan.model === model && scan.time === time && isOfPeriods(scan))
  const { active, recovered } = await tellRecoveries(context, composed, before, cycleId, (model, time) =>
    isScanned(model, time) ? spaces(model, time) : undefined,
  )
  const shown = chooseShown(active, context.engine.shown)
  const explained = await explainShown(context, active, { shown, asOf: cycle.asOf, scans, costs })
  const findings = [...explained, ...recovered]
  await saveFindings(database, workspace, cycleId, findings)
  await saveTrials(database, cycle, countTrials(all, active, scans))
  const summary = {
    ...summarise(cycle, scans, control, replicates, costs, context.now()),
    ledger: await closeLedger(context, ledger, control, discovered),
  }
  await updateCycle(database, cycleId, { summary })
  for (const [done, finding] of shown.entries()) {
    await keepEvidence(context, finding)
    context.report({ phase: 'gathering evidence', done: done + 1, total: shown.length, unit: 'findings' })
  }
  await updateCycle(database, cycleId, {
    state: 'done',
    summary: { ...summary, totalMs: elapsedMs(cycle, context.now()) },
    withheld: [
      ...cycle.withheld.filter(
        ({ what }) => ![...scans.map(({ id }) => id), ...untold.map((one) => one.what)].includes(what),
      ),
      ...listFailed(scans),
      ...untold,
    ],
  })
  return findings
}

/** The best, and what digests show of all metrics. */
function chooseShown(active: readonly Finding[], shown: number): readonly Finding[] {
  const cards = chooseCards(active, shown)
  return active.filter((finding, at) => at < shown || cards.includes(finding))
}

/** A finding whose rows changed since its scan is told without evidence; its page says why. */
async function keepEvidence(context: EngineContext, finding: Finding): Promise<void> {
  try {
    await saveEvidence(context.database, await gatherEvidence(context, finding))
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'finding-not-testable')) throw error
    context.log.warn({ finding: finding.key, cycleId: finding.cycleId }, error.message)
  }
}

function expectSomeScan(scans: readonly StoredScan[]): void {
  const [first] = scans
  if (first === undefined || scans.some(({ state }) => state !== 'failed')) return
  throw new Failure(`none of the ${scans.length} scans could be run: ${first.reason ?? 'the first one failed'}`, {
    code: 'no-scan-done',
    hint: 'Mend what the first scan fell over, then run the cycle again: it goes on where it stopped.',
  })
}

async function listFindingsBefore(
  { database, workspace }: EngineContext,
  { asOf }: Cycle,
): Promise<readonly Finding[]> {
  const previous = await findPreviousCycle(database, workspace, asOf)
  return previous ? listCycleFindings(database, previous.id) : []
}

interface Telling {
  readonly cycle: Cycle
  readonly stories: readonly (Story | StandingStory)[]
  readonly spaces: Spaces
  readonly verdicts: readonly StoredVerdict[]
  /** Findings of the cycle before. */
  readonly before: readonly Finding[]
}

async function composeFindings(
  context: EngineContext,
  { cycle, stories, spaces, verdicts, before }: Telling,
): Promise<readonly Finding[]> {
  const { catalog } = context
  const feedback = await listHeard(context.database, context.workspace)
  const findings: Finding[] = []
  for (const story of stories) {
    const { lead, merged, fault } = story
    const metric = metricOf(context, lead.verdict)
    const plain =
      'movement' in lead ? await weighMovement(lead, metric, spaces, verdicts) : weighStanding(lead, verdicts)
    const worth = fault ? { ...plain, ...weighFault(fault) } : plain
    findings.push(
      composeFinding({
        catalog,
        metric,
        lead,
        merged,
        fault,
        ...worth,
        asOf: cycle.asOf,
        cycleId: cycle.id,
        before,
        feedback,
      }),
    )
  }
  return rankFindings(findings)
}

type Worth = Pick<Parameters<typeof composeFinding>[0], 'drivers' | 'share' | 'strength' | 'kindWeight'>

/** How much of the whole metric moved, and where in it the movement lies. */
async function weighMovement(
  lead: Candidate,
  metric: Metric,
  spaces: Spaces,
  verdicts: readonly StoredVerdict[],
): Promise<Worth> {
  const space = spaces(metric.model, metric.time)
  const whole = await space.partsOf(metric.name, [], [])
  const { excluded, season } = space
  const moved = whole && measureMovement({ parts: whole, window: lead.window, excluded, season })
  const values = verdicts.filter(
    ({ hypothesis: { model, metric: name, slice } }) =>
      model === metric.model && name === metric.name && slice.length === 1,
  )
  const slices = new Map(values.map(({ hypothesis: { slice } }) => [JSON.stringify(slice), slice]))
  const drivers = await findDrivers(lead, [...slices.values()], space)
  const { actual, expected, strength } = lead.movement
  const base = baseOf(lead.parts.kind, moved ?? lead.movement)
  const share = base === 0 ? 1 : Math.abs((actual - expected) / base)
  return { drivers, share, strength }
}

function weighStanding(lead: Controlled, verdicts: readonly StoredVerdict[]): Worth {
  const { change, details } = lead.verdict.numbers
  const { share_of_whole: share } = details
  if (isPattern(lead.verdict))
    return { drivers: [], share: measurePatternShare(lead.verdict), strength: strengthOf(lead) }
  return {
    drivers: [],
    share:
      typeof share === 'number' ? share : (weighAgainstWhole(lead, verdicts) ?? Math.min(1, Math.abs(change ?? 1))),
    strength: strengthOf(lead),
    kindWeight: weighKind(lead),
  }
}

const listFailed = (scans: readonly StoredScan[]) =>
  scans.filter(({ state }) => state === 'failed').map(({ id, reason }) => ({ what: id, why: reason ?? 'failed' }))
