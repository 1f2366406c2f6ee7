import { addPeriods, type Day, daysBetween } from '../base/periods.ts'
import type { Catalog, Model } from '../catalog/catalog.ts'
import { parse } from '../dsl/text/parse.ts'
import { listCycles } from '../store/cycles.ts'
import type { DataEnd } from '../web/components/result-view.ts'
import type { ApiContext } from './api-context.ts'

/** Days without rows that are nothing to tell of: a night's load, a weekend. */
const quietDays = 3
/** Cycles that are looked through for one that is done. */
const cyclesMax = 10

/** The models that an exploration starts from, in its first block. */
function listStarts(text: string, { models }: Catalog): readonly Model[] {
  const parsed = parse(text)
  if (!parsed.ok) return []
  const [first] = parsed.value.steps
  if (first?.kind === 'from') return Object.values(models).filter(({ name }) => name === first.model)
  if (first?.kind !== 'from_metrics') return []
  return Object.values(models).filter(({ metrics }) => first.metrics.some((name) => metrics[name] !== undefined))
}

/**
 * Where the data of what is asked ends, as the last cycle saw it, when that is days before the one that it is asked of: then "last month" has no
 * rows, or those of one day, and nobody can see why. `text` is canonical, `as of` pinned.
 */
export async function findDataEnd(
  { database, workspace, catalog }: Pick<ApiContext, 'database' | 'workspace' | 'catalog'>,
  text: string,
  asOf: Day,
): Promise<DataEnd | undefined> {
  const starts = listStarts(text, catalog)
  if (starts.length === 0) return undefined
  const cycles = await listCycles(database, workspace, cyclesMax)
  const dataUntil = cycles.find(({ state }) => state === 'done')?.dataUntil ?? {}
  const ends = starts.flatMap(({ name, label }) => (dataUntil[name] ? [{ label, until: dataUntil[name] }] : []))
  const last = ends.toSorted((a, b) => (a.until < b.until ? 1 : -1))[0]
  if (!last || daysBetween(last.until, asOf) <= quietDays) return undefined
  const then = addPeriods(last.until, 1, 'day')
  return { ...last, exploration: text.replace(/^as of \S+$/m, `as of ${then}`) }
}
