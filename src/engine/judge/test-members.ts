import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { invariant } from '../../base/invariant.ts'
import { type Calendar, daysBetween } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { durationShift } from '../../detectors/duration-shift.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { cutByValue, type ValueRows } from '../../hypotheses/cut-by-value.ts'
import { readWaits, type Waiting } from '../../hypotheses/durations/build-durations.ts'
import { findWaitAccount } from '../../hypotheses/durations/plan-durations.ts'
import { readWait } from '../../hypotheses/durations/read-wait.ts'
import { valueColumn, waitColumns, writeDurationTest } from '../../hypotheses/durations/write-duration-test.ts'
import type { Hypothesis, SharedScan, Slice } from '../../hypotheses/hypothesis.ts'
import { sliceShareMax, sliceShareMin } from '../../hypotheses/limits.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import type { ScanRows } from '../../hypotheses/series/period-block.ts'
import { listScanPeriods } from '../../hypotheses/series/scan-table.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { type DurationTemplate, listTemplatesOf } from '../../hypotheses/templates/template.ts'
import { judgeDurations } from './judge-durations.ts'
import type { TableVerdicts } from './test-scan.ts'

/** Fewest members of a value for it to be asked about. */
const membersMin = 50

/** The rows of a scan of members who wait, and all that their tests need: it can be given to another thread. */
export interface MembersTask {
  readonly catalog: Catalog
  readonly calendar: Calendar
  readonly scan: SharedScan
  readonly result: ScanRows
  readonly seed: number
}

/** Tests all members, and those of each value of each field, in their order: the same verdicts in any thread. */
export async function testMembers(task: MembersTask, signal?: AbortSignal): Promise<TableVerdicts> {
  const { catalog, scan, result } = task
  const metric = catalog.models[scan.model]?.metrics[scan.metrics[0] ?? '']
  invariant(metric, 'a scan of waiting times is of a metric of the catalog that it was planned from')
  const began = performance.now()
  const groups = listGroups(scan, result)
  const asked = groups.filter(({ slice, rows }) => slice.length === 0 || isLarge(rows.length, result.rows.length))
  const verdicts: StoredVerdict[] = []
  for (const { slice, rows } of asked) {
    const members = readWaits({ columns: result.columns, rows, ...waitColumns })
    verdicts.push(...judgeSlice(task, metric, slice, members))
    await yieldToOthers()
    signal?.throwIfAborted()
  }
  return { verdicts, series: 0, leftOut: groups.length - asked.length, detectMs: performance.now() - began }
}

const isLarge = (rows: number, all: number): boolean =>
  rows >= membersMin && rows >= sliceShareMin * all && rows <= sliceShareMax * all

/** All rows, and those of each value of each field, in the order of fields and values. */
const listGroups = ({ dimensions }: SharedScan, result: ScanRows): readonly ValueRows[] => [
  { slice: [], rows: result.rows },
  ...dimensions.flatMap((field, at) => cutByValue(result, field, valueColumn(at))),
]

function judgeSlice(
  { catalog, calendar, scan, seed }: MembersTask,
  metric: Metric,
  slice: Slice,
  members: readonly Waiting[],
): readonly StoredVerdict[] {
  const periods = listScanPeriods(scan, calendar).length
  const common = { scan: scan.id, kind: 'mean' as const, volume: members.length / periods }
  const permuteSeed = seed + daysBetween('1970-01-01', scan.to)
  return listTemplatesOf(templates, 'durations', catalog, metric).flatMap((template) =>
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

interface Written {
  readonly scan: SharedScan
  readonly metric: Metric
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
  return makeHypothesis({
    template: template.name,
    metric,
    slice,
    detector: durationShift.name,
    grain: scan.grain,
    text,
    statement: template.state(metric, slice, recentDays),
  })
}
