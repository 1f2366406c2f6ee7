import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { expectAccepted } from '../base/diagnostic.ts'
import { invariant } from '../base/invariant.ts'
import { daysBetween } from '../base/periods.ts'
import type { Catalog, Metric } from '../catalog/catalog.ts'
import { durationShift } from '../detectors/duration-shift.ts'
import { identify } from '../dsl/identify.ts'
import { parse } from '../dsl/parse.ts'
import type { StoredVerdict } from '../findings/finding.ts'
import { readWaits, type Waiting } from '../hypotheses/build-durations.ts'
import type { Hypothesis, SharedScan, Slice, SliceValue } from '../hypotheses/hypothesis.ts'
import { sliceShareMax, sliceShareMin } from '../hypotheses/limits.ts'
import { findWaitAccount, listDurationTemplates } from '../hypotheses/plan-durations.ts'
import { readWait } from '../hypotheses/read-wait.ts'
import { listScanPeriods } from '../hypotheses/scan-table.ts'
import { templates } from '../hypotheses/templates/index.ts'
import type { DurationTemplate } from '../hypotheses/templates/template.ts'
import { valueColumn, waitColumns, writeDurationTest } from '../hypotheses/write-duration-test.ts'
import type { EngineContext } from './context.ts'
import { judgeDurations } from './judge-durations.ts'
import { type OwnRowsTested, readOwnRows } from './read-own-rows.ts'
import type { QueryResult } from './run-exploration.ts'

/** Fewest members of a value for it to be asked about. */
const membersMin = 50

interface DurationsTested extends OwnRowsTested {
  readonly verdicts: readonly StoredVerdict[]
}

interface Group {
  readonly slice: Slice
  readonly rows: QueryResult['rows']
}

/** Asks of a metric about waiting times, as a whole and in each value of its fields, whether it takes as long as before: one query for all of them. */
export async function testDurations(
  context: EngineContext,
  scan: SharedScan,
  seed: number,
  signal?: AbortSignal,
): Promise<DurationsTested> {
  const metric = context.catalog.models[scan.model]?.metrics[scan.metrics[0] ?? '']
  invariant(metric, 'a scan of waiting times is of a metric of the catalog that it was planned from')
  const result = await readOwnRows(
    context,
    scan,
    'Describe a metric of fewer rows, as by a model with a condition.',
    signal,
  )
  const began = performance.now()
  const groups = listGroups(scan, result)
  const asked = groups.filter(({ slice, rows }) => slice.length === 0 || isLarge(rows.length, result.rows.length))
  const verdicts: StoredVerdict[] = []
  for (const { slice, rows } of asked) {
    const members = readWaits({ columns: result.columns, rows, ...waitColumns })
    verdicts.push(...judgeSlice(context, { scan, metric, seed }, slice, members))
    await yieldToOthers()
    signal?.throwIfAborted()
  }
  const detectMs = performance.now() - began
  return { verdicts, series: 0, leftOut: groups.length - asked.length, warehouseMs: result.ms, detectMs }
}

const isLarge = (rows: number, all: number): boolean =>
  rows >= membersMin && rows >= sliceShareMin * all && rows <= sliceShareMax * all

/** All rows, and those of each value of each field, in the order of fields and values. */
function listGroups({ dimensions }: SharedScan, { columns, rows }: QueryResult): readonly Group[] {
  const ofFields = dimensions.flatMap((field, at): Group[] => {
    const column = columns.findIndex(({ name }) => name === valueColumn(at))
    return [...Map.groupBy(rows, (row) => JSON.stringify(row[column]))]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, own]) => ({ slice: [{ field, value: JSON.parse(key) as SliceValue['value'] }], rows: own }))
  })
  return [{ slice: [], rows }, ...ofFields]
}

interface Asked {
  readonly scan: SharedScan
  readonly metric: Metric
  readonly seed: number
}

function judgeSlice(
  { catalog, calendar }: EngineContext,
  { scan, metric, seed }: Asked,
  slice: Slice,
  members: readonly Waiting[],
): readonly StoredVerdict[] {
  const periods = listScanPeriods(scan, calendar).length
  const common = { scan: scan.id, kind: 'mean' as const, volume: members.length / periods }
  const permuteSeed = seed + daysBetween('1970-01-01', scan.to)
  return listDurationTemplates(templates, catalog, metric).flatMap((template) =>
    template.recentDays.flatMap((recentDays): StoredVerdict[] => {
      const hypothesis = write(catalog, { scan, metric, slice, periods, recentDays }, template)
      const test = { members, today: scan.to, options: { recent: recentDays } }
      return [
        { hypothesis, ...common, ...judgeDurations(test) },
        { hypothesis, ...common, ...judgeDurations(test, permuteSeed), isReplicate: true },
      ]
    }),
  )
}

interface Written extends Pick<Asked, 'scan' | 'metric'> {
  readonly slice: Slice
  readonly periods: number
  readonly recentDays: number
}

function write(
  catalog: Catalog,
  { scan, metric, slice, periods, recentDays }: Written,
  template: DurationTemplate,
): Hypothesis {
  const wait = readWait(catalog, metric)
  invariant(wait, `\`${metric.name}\` measures the time that something took, as when it was planned`)
  const history = { grain: scan.grain, periods, today: scan.to }
  const text = writeDurationTest(
    catalog,
    { metric, wait, history, account: findWaitAccount(catalog, metric), slice },
    recentDays,
  )
  return {
    key: identify(expectAccepted(parse(text))),
    template: template.name,
    origin: 'template',
    model: metric.model,
    metric: metric.name,
    measure: metric.measure,
    slice,
    detector: durationShift.name,
    grain: scan.grain,
    text,
    statement: template.state(metric, slice, recentDays),
  }
}
