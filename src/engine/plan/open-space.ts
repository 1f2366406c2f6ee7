import type { SliceSpace } from '../../findings/candidate.ts'
import { createSliceSpace } from '../../findings/explain/slice-space.ts'
import type { SharedScan, Slice } from '../../hypotheses/hypothesis.ts'
import { markPeriods } from '../../hypotheses/series/build-series.ts'
import { shapeKey } from '../../hypotheses/series/plan-scans.ts'
import { listScanPeriods, type ScanTable } from '../../hypotheses/series/scan-table.ts'
import { shapeMetrics } from '../../hypotheses/series/shape-metrics.ts'
import { writeScan } from '../../hypotheses/write/write-exploration.ts'
import type { EngineContext } from '../context.ts'
import { loadScan, type ScanMemory } from '../scan/load-scan.ts'

export interface SpaceCosts {
  queries: number
  warehouseMs: number
}

/**
 * The tables of one model and time field for the judge. Scans come from `memory` where this process ran them, else they are read
 * again when first asked for; rows within a slice are read as explorations of the same shape.
 */
export function openSpace(
  context: EngineContext,
  scans: readonly SharedScan[],
  memory: ScanMemory,
  costs: SpaceCosts,
): SliceSpace {
  const { catalog, calendar } = context
  const whole = scans[0]!
  const periods = listScanPeriods(whole, calendar)
  const { excluded } = markPeriods(periods, whole.grain, whole.missing, catalog.events)
  const metrics = Object.values(catalog.models[whole.model]?.metrics ?? {}).filter(({ time }) => time === whole.time)
  const shapes = shapeMetrics(catalog)

  const read = async (scan: SharedScan): Promise<ScanTable> => {
    const known = memory.get(scan.id)
    if (known) return known
    const { table, warehouseMs, queries } = await loadScan(context, scan)
    costs.queries += queries
    costs.warehouseMs += warehouseMs
    memory.set(scan.id, table)
    return table
  }
  const findTable = async (dimensions: readonly string[]): Promise<ScanTable | undefined> => {
    const scan = scans.find(
      (one) =>
        one.dimensions.length === dimensions.length && dimensions.every((field) => one.dimensions.includes(field)),
    )
    return scan && (await read(scan))
  }
  const readWithin = (slice: Slice, dimensions: readonly string[]): Promise<ScanTable> => {
    const text = writeScan(catalog, {
      model: whole.model,
      time: whole.time,
      history: { grain: whole.grain, periods: periods.length, today: whole.to },
      dimensions,
      metrics: metrics.map((metric) => ({ metric, shape: shapes[shapeKey(metric)]! })),
      within: slice,
    })
    const id = `${whole.id}-within-${JSON.stringify(slice)}-by-${dimensions.join('-')}`
    const { kept: _, ...bare } = whole
    return read({ ...bare, id, dimensions, metrics: metrics.map(({ name }) => name), text })
  }
  return createSliceSpace({
    periods,
    excluded,
    season: whole.grain === 'day' ? 7 : 1,
    shapes: Object.fromEntries(metrics.map((metric) => [metric.name, shapes[shapeKey(metric)]!])),
    findTable,
    readWithin,
  })
}
