import { Rejection } from '../../base/diagnostic.ts'
import { Failure } from '../../base/failure.ts'
import { addPeriods, type Day, joinPeriods, listPeriods } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { expectMembers, type Member, type SidePeriods } from '../../findings/drivers/expect-members.ts'
import type { Explanation } from '../../findings/drivers/explanation.ts'
import type { Driver } from '../../findings/drivers/find-drivers.ts'
import { searchDrivers, toLeaves } from '../../findings/drivers/search-drivers.ts'
import { splitMix } from '../../findings/drivers/split-mix.ts'
import { weighAccounts } from '../../findings/drivers/weigh-accounts.ts'
import type { Finding } from '../../findings/finding.ts'
import { labelFields, labelSlice } from '../../findings/tell/label-slice.ts'
import { findAccountKeys } from '../../hypotheses/accounts/find-account-keys.ts'
import { markPeriods } from '../../hypotheses/series/build-series.ts'
import { type MeasureShape, shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { type Sides, writeSides, writeValueCounts } from '../../hypotheses/write/write-sides.ts'
import { runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import type { SpaceCosts } from '../plan/open-space.ts'

const baselineSeasons = 8
/** Most leaves that are searched; a field that would make more is left out. */
const leavesMax = 2000
const rowsMax = 200_000
const timeoutMs = 30_000

/** What the queries took is added to `costs`. */
type ExplainContext = EngineContext & { readonly costs: SpaceCosts }

interface Asked {
  readonly metric: Metric
  readonly shape: MeasureShape
  readonly sides: Sides
  readonly periods: SidePeriods
  readonly phase: 'day_of_week' | undefined
  readonly today: Day
}

/**
 * Where a finding's movement lies: the fewest slices that explain it, mix against rate, and accounts. Three queries over the periods that moved and
 * the eight weeks before. Undefined for findings that are no movement, or whose rows do not add up over periods.
 */
async function explainFinding(
  context: ExplainContext,
  finding: Finding,
  asOf: Day,
  missing: readonly Day[],
): Promise<Explanation | undefined> {
  const asked = ask(context, finding, asOf, missing)
  if (!asked) return undefined
  const fields = await chooseFields(context, finding, asked)
  const members = fields.length === 0 ? [] : ((await readMembers(context, finding, asked, fields)) ?? [])
  const found = searchDrivers(toLeaves(fields, members))
  const mix = members.length === 0 ? undefined : splitMix(fields, members)
  const keys = findAccountKeys(context.catalog, asked.metric, asked.shape)
  const accountRows = keys && (await readMembers(context, finding, asked, keys))
  const accounts = accountRows && weighAccounts(accountRows)
  const { catalog } = context
  return {
    drivers: found ? found.map((driver) => nameDriver(catalog, finding, driver)) : finding.drivers,
    ...(mix && {
      mix: {
        ...mix,
        fieldLabel: labelFields(catalog, finding.model, [mix.field]),
        valueLabel: labelSlice(catalog, finding.model, [{ field: mix.field, value: mix.value }]),
      },
    }),
    ...(accounts && { accounts: { ...accounts, path: keys[0]! } }),
  }
}

const nameDriver = (catalog: Catalog, { model }: Finding, driver: Driver): Finding['drivers'][number] => ({
  ...driver,
  label: labelSlice(catalog, model, driver.slice),
})

const movements: ReadonlySet<string> = new Set(['level_shift', 'outlier', 'trend'])

function ask(
  { catalog, calendar }: ExplainContext,
  finding: Finding,
  asOf: Day,
  missing: readonly Day[],
): Asked | undefined {
  const { grain, from, kind } = finding
  const metric = catalog.models[finding.model]?.metrics[finding.metric]
  if (!metric || from === null || !movements.has(kind) || (grain !== 'day' && grain !== 'week')) return undefined
  const shape = shapeMeasure(metric)
  if (!shape.isAdditive || metric.overTime !== undefined) return undefined
  const today = addPeriods(asOf, 1, 'day')
  const season = grain === 'day' ? 7 : 1
  const list = (first: Day, end: Day) => {
    const all = listPeriods(first, end, grain, calendar)
    const { excluded } = markPeriods(all, grain, missing, catalog.events)
    return all.filter((_, at) => excluded[at] === 0)
  }
  const now = list(from, finding.to ?? today)
  const before = list(addPeriods(from, -baselineSeasons * season, grain), from)
  if (now.length === 0 || before.length < 3 * season) return undefined
  const count = (days: readonly Day[]) => countPhases(days, season)
  return {
    metric,
    shape,
    sides: { now: joinPeriods(now, grain), before: joinPeriods(before, grain) },
    periods: { now: count(now), before: count(before) },
    phase: grain === 'day' ? 'day_of_week' : undefined,
    today,
  }
}

/** Days by day of the week, 1 for Monday as the language counts them; weeks are all alike. */
function countPhases(days: readonly Day[], season: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const day of days) {
    const phase = season === 1 ? 0 : new Date(`${day}T00:00:00Z`).getUTCDay() || 7
    counts.set(phase, (counts.get(phase) ?? 0) + 1)
  }
  return counts
}

/** The fields that leaves are cut by: those in which the movement lies unevenly first, as many as leave enough rows to a leaf. */
async function chooseFields(context: ExplainContext, finding: Finding, asked: Asked): Promise<readonly string[]> {
  const known = finding.drivers.flatMap(({ slice }) => slice.map(({ field }) => field))
  const open = [...new Set([...known, ...asked.metric.slices])].filter(
    (field) => asked.metric.slices.includes(field) && !finding.slice.some((one) => one.field === field),
  )
  const sizes = await countValues(context, finding, asked, open)
  const chosen: string[] = []
  let leaves = 1
  open.forEach((field, at) => {
    const size = sizes[at]!
    if (size < 2 || leaves * size > leavesMax) return
    leaves *= size
    chosen.push(field)
  })
  return chosen
}

async function run(context: ExplainContext, text: string) {
  const result = await runExploration(context, text, { limits: { rowsMax, timeoutMs } })
  context.costs.queries += 1
  context.costs.warehouseMs += result.ms
  return result
}

async function countValues(
  context: ExplainContext,
  { slice }: Finding,
  { metric, sides, today }: Asked,
  fields: readonly string[],
): Promise<readonly number[]> {
  if (fields.length === 0) return []
  const text = writeValueCounts(context.catalog, { metric, slice, sides, today }, fields)
  const { rows } = await run(context, text)
  return fields.map((_, at) => Number(rows[0]?.[at] ?? 0))
}

/** Undefined where there are too many. */
async function readMembers(
  context: ExplainContext,
  { slice }: Finding,
  { metric, shape, sides, periods, phase, today }: Asked,
  keys: readonly string[],
): Promise<readonly Member[] | undefined> {
  const text = writeSides(context.catalog, { metric, shape, slice, sides, keys, phase, today })
  const { rows, truncated } = await run(context, text)
  if (truncated) return undefined
  const first = phase ? 2 : 1
  return expectMembers(
    rows.map((row) => ({
      isNow: row[0] === 'now',
      phase: phase ? Number(row[1]) : 0,
      keys: row.slice(first, first + keys.length),
      value: toNumber(row[first + keys.length]),
      weight: shape.weight === undefined ? undefined : toNumber(row[first + keys.length + 1]) || 0,
    })),
    periods,
  )
}

const toNumber = (cell: unknown): number => (cell === null || cell === undefined ? Number.NaN : Number(cell))

/** The same, and nothing where the warehouse cannot say: a finding is told without its drivers rather than not at all. */
export async function tryToExplain(
  context: EngineContext,
  finding: Finding,
  asOf: Day,
  missing: readonly Day[],
  costs: SpaceCosts = { queries: 0, warehouseMs: 0 },
): Promise<Explanation | undefined> {
  try {
    return await explainFinding({ ...context, costs }, finding, asOf, missing)
  } catch (error) {
    if (!(error instanceof Failure || error instanceof Rejection)) throw error
    context.log.warn({ finding: finding.key, cycleId: finding.cycleId }, error.message)
    return undefined
  }
}
