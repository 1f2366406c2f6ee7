import { createHash } from 'node:crypto'
import { addPeriods, type Day, dayAt } from '../../base/periods.ts'
import { detectors } from '../../detectors/index.ts'
import type { CycleSummary } from '../../findings/finding.ts'
import { noHistory } from '../../hypotheses/data/plan-history.ts'
import type { Withheld } from '../../hypotheses/data/profile-model.ts'
import { isRead, type SharedScan } from '../../hypotheses/hypothesis.ts'
import { type ModelProfile, profileKey } from '../../hypotheses/series/draft-scans.ts'
import { planScans } from '../../hypotheses/series/plan-scans.ts'
import { shapeMetrics } from '../../hypotheses/series/shape-metrics.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { lockCycleRequest, updateCycleRequest } from '../../store/cycle-requests.ts'
import { findCycle, insertCycle, updateCycle } from '../../store/cycles.ts'
import { inTransaction } from '../../store/database.ts'
import { forgetOtherScans } from '../../store/kept-periods.ts'
import { insertScans, listOpenScans, reopenFailedScans } from '../../store/scans.ts'
import { readPlanHistory } from '../../store/trials.ts'
import type { QueryContext } from '../ask/run-exploration.ts'
import { readWatches } from '../ask/watch-exploration.ts'
import type { EngineContext } from '../context.ts'
import { fingerprintScans } from '../data/fingerprint-scans.ts'
import { findLastDay, listModelTimes, lookAtModel } from '../data/look-at-models.ts'
import { createBetaDraw } from './draw-beta.ts'
import { openReadBytes } from './estimate-bytes.ts'
import { estimatePlan, type PlanCost } from './estimate-plan.ts'
import { planAuthored } from './plan-authored.ts'
import { planSuggestions, type SuggestionPlan } from './plan-suggestions.ts'

export interface PlanCycleOptions {
  /** Last full day to judge. Without it: yesterday, or the day before the last one in the data when that is earlier. */
  readonly asOf?: Day | undefined
  /** Who asks: `cli`, `api`, or a schedule. Without a request, one workspace, day and trigger have one cycle. */
  readonly trigger: string
  /** Id of the stored request that is answered: it has a cycle of its own, and is told of it. */
  readonly request?: string | undefined
  readonly seed?: number | undefined
  /** Starts another cycle where this one is done already, as a person does who asks again. */
  readonly again?: boolean | undefined
}

export interface DraftOptions extends Pick<PlanCycleOptions, 'seed'> {
  /** Whether the language model may be asked for hypotheses: when a cycle runs, not when its plan is looked at. */
  readonly asksModel?: boolean
}

export interface PlannedCycle {
  readonly cycleId: string
  /** Ids of the scans that are still to be run. */
  readonly scans: readonly string[]
}

/** What a cycle would do, before anything is written. */
export interface CyclePlan {
  readonly asOf: Day
  readonly scans: readonly SharedScan[]
  readonly dataUntil: Readonly<Record<string, Day>>
  readonly withheld: readonly Withheld[]
  /** Queries that the look at the models took. */
  readonly queries: number
  /** Most hypotheses that are asked, by template; what is found to have too few rows is not among those tested. */
  readonly hypotheses: Readonly<Record<string, number>>
  /** The same of scans that were left out, for the budget or for too many values. */
  readonly hypothesesLeftOut: number
  /** Suggested hypotheses among them: those that are known, and how many the model is still to be asked for. Absent where none suggests. */
  readonly suggestions?: { readonly known: number; readonly wanted: number }
  readonly cost: PlanCost
}

/** What drafting a plan needs. */
export type PlanContext = QueryContext &
  Pick<EngineContext, 'engine' | 'report' | 'authored' | 'workspace'> & {
    /** Absent: nothing is known of earlier cycles. */
    readonly database?: EngineContext['database'] | undefined
  } & Pick<EngineContext, 'model' | 'log'>

const defaultSeed = 1
const queriesOfLook = 4

/**
 * The last full day: yesterday, or the day before the last one in the data when that is earlier, which may have come only in part. A model
 * that is behind the others is held back by itself (`profileModel`).
 */
async function chooseDay(context: QueryContext): Promise<Day> {
  const yesterday = addPeriods(dayAt(context.now(), context.calendar), -1, 'day')
  const last = await findLastDay(context)
  const complete = last && addPeriods(last, -1, 'day')
  return complete !== undefined && complete < yesterday ? complete : yesterday
}

/**
 * Looks at every model and decides what the cycle asks. Writes nothing, unless it `asksModel` for hypotheses: what a language model suggests
 * is kept at once.
 */
export async function draftCycle(
  context: PlanContext,
  requested?: Day,
  { seed = defaultSeed, asksModel = false }: DraftOptions = {},
): Promise<CyclePlan> {
  const asOf = requested ?? (await chooseDay(context))
  const profiles: ModelProfile[] = []
  const withheld: Withheld[] = []
  const dataUntil: Record<string, Day> = {}
  const modelTimes = listModelTimes(context.catalog)
  const lookMs = new Map<string, number>()
  for (const [done, modelTime] of modelTimes.entries()) {
    const began = performance.now()
    const result = await lookAtModel(context, modelTime, asOf)
    lookMs.set(profileKey(modelTime.model, modelTime.time), (performance.now() - began) / queriesOfLook)
    context.report({ phase: 'looking at the data', done: done + 1, total: modelTimes.length, unit: 'models' })
    withheld.push(...result.withheld)
    if (result.profile) profiles.push(result.profile)
    const known = dataUntil[modelTime.model]
    if (result.dataUntil && (known === undefined || result.dataUntil > known))
      dataUntil[modelTime.model] = result.dataUntil
  }
  const history = context.database ? await readPlanHistory(context.database, context.workspace, asOf) : noHistory
  // Only who looks at the plan, or sets a budget of bytes, waits for the sizes of all tables.
  const readBytes = !asksModel || context.engine.budget.bytes !== undefined ? await openReadBytes(context) : undefined
  const plan = planScans({
    readBytes,
    catalog: context.catalog,
    profiles,
    shapes: shapeMetrics(context.catalog),
    templates,
    detectors: new Set(detectors.map(({ name }) => name)),
    budget: context.engine.budget,
    history,
    draw: createBetaDraw(`${seed} ${asOf}`),
  })
  const watches = context.database
    ? await readWatches({ ...context, database: context.database })
    : { hypotheses: [], withheld: [] }
  const own = context.authored ?? { hypotheses: [], diagnostics: [] }
  const people = [...own.hypotheses, ...watches.hypotheses]
  const suggested = await planSuggestions(context, { asOf, scans: plan.scans, own: people, asksModel })
  const authored = planAuthored({ ...own, hypotheses: [...people, ...suggested.hypotheses] }, profiles, asOf)
  const scans = [...authored.scans, ...plan.scans]
  return {
    asOf,
    scans,
    cost: {
      ...estimatePlan(scans, history, lookMs),
      ...(readBytes && { bytes: scans.filter(isRead).reduce((all, { text }) => all + readBytes(text), 0) }),
    },
    dataUntil,
    withheld: [...withheld, ...authored.withheld, ...watches.withheld, ...suggested.withheld, ...plan.leftOut],
    queries: queriesOfLook * modelTimes.length,
    hypotheses: {
      ...(people.length > 0 && { authored: people.length }),
      ...countSuggestions(suggested),
      ...plan.hypotheses,
    },
    hypothesesLeftOut: plan.hypothesesLeftOut,
    ...(suggested.wanted !== undefined && {
      suggestions: { known: suggested.hypotheses.length, wanted: suggested.wanted },
    }),
  }
}

function countSuggestions({ hypotheses, wanted = 0 }: SuggestionPlan): Readonly<Record<string, number>> {
  const most = hypotheses.length + wanted
  return most > 0 ? { suggested: most } : {}
}

/**
 * Plans a cycle and writes it with its scans, at once or not at all. Its id follows from workspace, day and request (or trigger), so that
 * planning twice (two replicas, a retry) gives one cycle; one that failed goes on where it stopped, one that is done stays as it is.
 */
export async function planCycle(context: EngineContext, options: PlanCycleOptions): Promise<PlannedCycle> {
  const draft = await draftCycle(context, options.asOf, { seed: options.seed, asksModel: true })
  const { scans, queries } = await fingerprintScans(context, draft.scans)
  const plan = { ...draft, scans, queries: draft.queries + queries }
  return inTransaction(context.database, (database) => writePlan({ ...context, database }, plan, options))
}

async function writePlan(context: EngineContext, plan: CyclePlan, options: PlanCycleOptions): Promise<PlannedCycle> {
  const { database, workspace } = context
  const { request } = options
  const known = request === undefined ? undefined : (await lockCycleRequest(database, request))?.cycleId
  const id = known ?? (await chooseId(context, plan.asOf, options))
  if (known === undefined) {
    const summary = emptySummary(id, plan.asOf, context.engine.fdr)
    await insertCycle(database, {
      id,
      workspace,
      asOf: plan.asOf,
      trigger: options.trigger,
      seed: options.seed ?? defaultSeed,
      summary: { ...summary, queries: plan.queries },
      dataUntil: plan.dataUntil,
      withheld: plan.withheld,
    })
    await openScans(context, id, plan)
    if (request !== undefined) await updateCycleRequest(database, request, { state: 'planned', cycleId: id })
  }
  const kept = plan.scans.flatMap(({ kept }) => kept?.as ?? [])
  await forgetOtherScans(database, workspace, kept)
  const open = await listOpenScans(database, id)
  return { cycleId: id, scans: open.map((scan) => scan.id) }
}

/** Gives a new cycle its scans, and one that failed those back that failed. */
async function openScans({ database }: EngineContext, id: string, { scans }: CyclePlan): Promise<void> {
  const state = (await findCycle(database, id))?.state
  if (state !== 'planned' && state !== 'failed') return
  await insertScans(database, id, scans)
  await reopenFailedScans(database, id)
  await updateCycle(database, id, { state: 'scanning' })
}

async function chooseId(
  { database, workspace }: EngineContext,
  asOf: Day,
  { trigger, request, again }: PlanCycleOptions,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const asker = request === undefined ? [trigger] : ['request', request]
    const text = [workspace, asOf, ...asker, attempt].join('\n')
    const id = `cycle-${asOf}-${createHash('sha256').update(text).digest('hex').slice(0, 10)}`
    if (!again || (await findCycle(database, id))?.state !== 'done') return id
  }
}

const emptySummary = (id: string, asOf: Day, fdr: number): CycleSummary => ({
  id,
  asOf,
  fdr,
  generated: 0,
  tested: 0,
  untestable: 0,
  heldUp: 0,
  series: 0,
  queries: 0,
  warehouseMs: 0,
  detectMs: 0,
  totalMs: 0,
  nullReplicate: { tested: 0, false: 0 },
})
