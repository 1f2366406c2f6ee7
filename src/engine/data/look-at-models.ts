import { addPeriods, type Day } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import { findField } from '../../hypotheses/data/find-field.ts'
import { type ProfileResult, profileDays, profileModel } from '../../hypotheses/data/profile-model.ts'
import { type QueryContext, runExploration } from '../ask/run-exploration.ts'
import { lookForFaults, noFaults } from './look-for-faults.ts'

/** A model and one of its time fields, with the metrics that count by it. */
export interface ModelTime {
  readonly model: string
  readonly time: string
  readonly metrics: readonly Metric[]
}

export function listModelTimes(catalog: Catalog): readonly ModelTime[] {
  const found = new Map<string, ModelTime & { metrics: Metric[] }>()
  for (const { name, metrics } of Object.values(catalog.models))
    for (const metric of Object.values(metrics)) {
      const key = `${name}\n${metric.time}`
      const entry = found.get(key) ?? { model: name, time: metric.time, metrics: [] }
      entry.metrics.push(metric)
      found.set(key, entry)
    }
  return [...found.values()]
}

const writePath = (path: string): string => quotePath(path.split('.'))

/** The last day on which any model has rows, in the workspace's time zone; undefined when all are empty. */
export async function findLastDay(context: QueryContext): Promise<Day | undefined> {
  let latest: Day | undefined
  for (const { model, time } of listModelTimes(context.catalog)) {
    const text = `from ${quoteName(model)}\ngroup by day(${writePath(time)}): rows = count()\nsort day desc\nlimit 1`
    const { rows } = await runExploration(context, text, {})
    const day = rows[0]?.[0]
    if (typeof day === 'string' && (latest === undefined || day > latest)) latest = day.slice(0, 10)
  }
  return latest
}

/** Reads a model's rows a day, whether any are younger, the number of values of its fields and what is wrong with them, and decides what can be asked of it. */
export async function lookAtModel(
  context: QueryContext,
  { model, time, metrics }: ModelTime,
  asOf: Day,
): Promise<ProfileResult> {
  const today = addPeriods(asOf, 1, 'day')
  const start = [`as of ${today}`, `from ${quoteName(model)}`, `where ${writePath(time)} in last ${profileDays} days`]
  const days = await runExploration(
    context,
    [...start, `group by day(${writePath(time)}): rows = count()`].join('\n'),
    {},
  )
  const rows = new Map(
    days.rows.flatMap(([day, count]) => (typeof day === 'string' ? [[day.slice(0, 10), Number(count)] as const] : [])),
  )
  const fields = [...new Set(metrics.flatMap(({ slices }) => slices))].filter((path) =>
    findField(context.catalog, model, path),
  )
  const { calendar } = context
  const { events } = context.catalog
  const [valueCounts, hasLater] = [await countValues(), await findLater()]
  const faults = rows.size === 0 ? noFaults : await lookForFaults(context, { model, time, metrics }, rows, asOf)
  return profileModel({ model, time, rows, hasLater, valueCounts, ...faults, asOf, calendar, events })

  /** Whether any row is younger than the last day judged. */
  async function findLater(): Promise<boolean> {
    if (rows.size === 0) return false
    const text = `from ${quoteName(model)}\nwhere ${writePath(time)} >= ${today}\ngroup all: later = count()`
    const { rows: counted } = await runExploration(context, text, {})
    return Number(counted[0]?.[0] ?? 0) > 0
  }

  async function countValues(): Promise<Readonly<Record<string, number>>> {
    if (fields.length === 0 || rows.size === 0) return {}
    const counts = fields.map((path, at) => `values_${at} = count_distinct(${writePath(path)})`)
    const { rows: counted } = await runExploration(
      context,
      [...start, `group all: ${counts.join(', ')}`].join('\n'),
      {},
    )
    return Object.fromEntries(fields.map((path, at) => [path, Number(counted[0]?.[at] ?? 0)]))
  }
}
