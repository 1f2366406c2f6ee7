import { createHash } from 'node:crypto'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { markPeriods } from '../../hypotheses/series/build-series.ts'
import { listAskedSlices } from '../../hypotheses/series/list-slices.ts'
import { shapeKey } from '../../hypotheses/series/plan-scans.ts'
import { identifySlice, type ScanTable } from '../../hypotheses/series/scan-table.ts'
import { shapeMetrics } from '../../hypotheses/series/shape-metrics.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { isAsked, type Template } from '../../hypotheses/templates/template.ts'
import { runInTurns, type Steps } from '../scan/run-in-turns.ts'
import { testCrowding } from './test-crowding.ts'
import { testSiblings } from './test-siblings.ts'
import { testSlice } from './test-slice.ts'
import { testTable } from './test-table.ts'

/** One series in so many is tested once more with its weeks permuted (null replicate). */
const replicateOneIn = 20

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
  const { result, busyMs } = await runInTurns(testSteps(catalog, table, seed), signal)
  return { ...result, detectMs: busyMs }
}

function* testSteps(catalog: Catalog, table: ScanTable, seed: number): Steps<Omit<TableVerdicts, 'detectMs'>> {
  const { scan } = table
  const marks = markPeriods(table.periods, scan.grain, scan.missing, catalog.events)
  const verdicts: StoredVerdict[] = []
  const metrics = listMetrics(catalog, table)
  const asked = listAskedSlices(table)
  for (const slice of asked)
    for (const { metric, shape, templates } of metrics) {
      const replicateSeed = drawReplicate(seed, scan, metric.name, identifySlice(slice.slice))
      const own = templates.filter((template) => template.kind === 'series')
      verdicts.push(
        ...(yield* testSlice({ catalog, marks, table, slice, metric, shape, templates: own, replicateSeed })),
      )
    }
  verdicts.push(...testSiblings(catalog, table))
  yield
  verdicts.push(...testCrowding(catalog, table, marks))
  yield
  for (const { metric, shape, templates } of metrics)
    for (const template of templates) {
      if (template.kind !== 'breakdown' || !template.fits(shape)) continue
      const replicateSeed = drawReplicate(seed, scan, metric.name)
      verdicts.push(...(yield* testTable({ catalog, table, marks, metric, shape, template, replicateSeed })))
    }
  const testsPerSlice = metrics.reduce((count, { templates }) => {
    const detectors = templates.map((template) => (template.kind === 'series' ? template.detectors.length : 0))
    return count + detectors.reduce((sum, one) => sum + one, 0)
  }, 0)
  const leftOut = (table.slices.length - asked.length) * testsPerSlice
  return { verdicts, series: asked.length * metrics.length, leftOut }
}

/** The metrics of a table with what is asked of them. */
function listMetrics(catalog: Catalog, { scan }: ScanTable) {
  const shapes = shapeMetrics(catalog)
  return scan.metrics.flatMap((name) => {
    const metric = catalog.models[scan.model]?.metrics[name]
    const shape = metric && shapes[shapeKey(metric)]
    return metric && shape ? [{ metric, shape, templates: findTemplates(catalog, metric, scan.dimensions) }] : []
  })
}

/** What shuffles the null replicate of one test in so many; undefined for the others. */
function drawReplicate(seed: number, { to, id }: SharedScan, ...names: readonly string[]): number | undefined {
  const draw = drawNumber(seed, to, id, ...names)
  return draw % replicateOneIn === 0 ? draw : undefined
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

/** A whole number that follows from the seed and what it is for. */
const drawNumber = (seed: number, ...names: readonly string[]): number =>
  createHash('sha256')
    .update([seed, ...names].join('\n'))
    .digest()
    .readUInt32BE(0)
