import { createHash } from 'node:crypto'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { markPeriods, type PeriodMarks } from '../../hypotheses/series/build-series.ts'
import { listAskedSlices } from '../../hypotheses/series/list-slices.ts'
import { shapeKey } from '../../hypotheses/series/plan-scans.ts'
import { identifySlice, type ScanTable } from '../../hypotheses/series/scan-table.ts'
import { shapeMetrics } from '../../hypotheses/series/shape-metrics.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { isAsked, type SeriesTemplate, type Template } from '../../hypotheses/templates/template.ts'
import { testCrowding } from './test-crowding.ts'
import { testSiblings } from './test-siblings.ts'
import { testSlice } from './test-slice.ts'
import { testTable } from './test-table.ts'

/** One series in so many is tested once more with its weeks permuted (null replicate). */
const replicateOneIn = 20
/** Stretch of work before others get their turn (other jobs of the worker, requests, signals); one series more may end it. */
const turnMs = 10

export interface TableVerdicts {
  readonly verdicts: readonly StoredVerdict[]
  readonly series: number
  readonly leftOut: number
  readonly detectMs: number
}

/**
 * Tests every slice and metric of a table, in its order: the same verdicts for the same catalog, table and seed, in any thread. Others get
 * their turn on the way.
 */
export async function testScan(
  catalog: Catalog,
  table: ScanTable,
  seed: number,
  signal?: AbortSignal,
): Promise<TableVerdicts> {
  const { scan } = table
  const shapes = shapeMetrics(catalog)
  const marks = markPeriods(table.periods, scan.grain, scan.missing, catalog.events)
  const verdicts: StoredVerdict[] = []
  let series = 0
  let detectMs = 0
  let since = performance.now()
  const asked = listAskedSlices(table)
  for (const slice of asked)
    for (const name of scan.metrics) {
      const metric = catalog.models[scan.model]?.metrics[name]
      const shape = metric && shapes[shapeKey(metric)]
      if (!metric || !shape) continue
      const draw = drawNumber(seed, scan.to, scan.id, name, identifySlice(slice.slice))
      const replicateSeed = draw % replicateOneIn === 0 ? draw : undefined
      const began = performance.now()
      const own = findSeriesTemplates(catalog, metric, scan.dimensions)
      verdicts.push(...testSlice({ catalog, marks, table, slice, metric, shape, templates: own, replicateSeed }))
      series += 1
      const now = performance.now()
      detectMs += now - began
      if (now - since < turnMs) continue
      await yieldToOthers()
      signal?.throwIfAborted()
      since = performance.now()
    }
  const testsPerSlice = scan.metrics.reduce((count, name) => {
    const metric = catalog.models[scan.model]?.metrics[name]
    const asked = metric ? findSeriesTemplates(catalog, metric, scan.dimensions) : []
    return count + asked.reduce((sum, { detectors }) => sum + detectors.length, 0)
  }, 0)
  const began = performance.now()
  verdicts.push(...testSiblings(catalog, table), ...testCrowding(catalog, table, marks))
  detectMs += performance.now() - began
  const beside = await testBreakdowns(catalog, table, marks, seed, signal)
  verdicts.push(...beside.verdicts)
  detectMs += beside.detectMs
  const leftOut = (table.slices.length - asked.length) * testsPerSlice
  return { verdicts, series, leftOut, detectMs }
}

/** What is asked once of all slices of a table beside each other; others get their turn after each. */
async function testBreakdowns(
  catalog: Catalog,
  table: ScanTable,
  marks: PeriodMarks,
  seed: number,
  signal?: AbortSignal,
): Promise<Pick<TableVerdicts, 'verdicts' | 'detectMs'>> {
  const { scan } = table
  const shapes = shapeMetrics(catalog)
  const verdicts: StoredVerdict[] = []
  let detectMs = 0
  for (const name of scan.metrics) {
    const metric = catalog.models[scan.model]?.metrics[name]
    const shape = metric && shapes[shapeKey(metric)]
    if (!metric || !shape) continue
    const draw = drawNumber(seed, scan.to, scan.id, name)
    const replicateSeed = draw % replicateOneIn === 0 ? draw : undefined
    for (const template of findTemplates(catalog, metric, scan.dimensions)) {
      if (template.kind !== 'breakdown' || !template.fits(shape)) continue
      const began = performance.now()
      verdicts.push(...testTable({ catalog, table, marks, metric, shape, template, replicateSeed }))
      detectMs += performance.now() - began
      await yieldToOthers()
      signal?.throwIfAborted()
    }
  }
  return { verdicts, detectMs }
}

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((field) => b.includes(field))

/** The templates that cut the metric by these fields. */
const findTemplates = (catalog: Catalog, metric: Metric, dimensions: readonly string[]): readonly Template[] =>
  templates.filter(
    (template) =>
      isAsked(template, catalog, metric) &&
      template.dimensionSets(metric).some((fields) => isSameSet(fields, dimensions)),
  )

const findSeriesTemplates = (...asked: Parameters<typeof findTemplates>): readonly SeriesTemplate[] =>
  findTemplates(...asked).filter((template) => template.kind === 'series')

/** A whole number that follows from the seed and what it is for. */
const drawNumber = (seed: number, ...names: readonly string[]): number =>
  createHash('sha256')
    .update([seed, ...names].join('\n'))
    .digest()
    .readUInt32BE(0)
