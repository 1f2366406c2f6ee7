import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { Series } from '../../detectors/shapes.ts'
import { buildSeries, markPeriods } from '../series/build-series.ts'
import { shapeMeasure } from '../series/measure-shape.ts'
import type { ScanTable } from '../series/scan-table.ts'
import type { History } from '../write/write-exploration.ts'

/** The periods that the tables of two metrics have in common; undefined where there are none. */
export function findCommonHistory(first: ScanTable, second: ScanTable): History | undefined {
  const both = new Set(second.periods)
  const periods = first.periods.filter((period) => both.has(period)).length
  if (periods === 0) return undefined
  const today = first.scan.to < second.scan.to ? first.scan.to : second.scan.to
  return { grain: first.scan.grain, periods, today }
}

/** A whole metric over the periods of a history, from the table of its model's whole. Undefined where the table is without it. */
export function readWhole(
  catalog: Catalog,
  { scan, periods, slices }: ScanTable,
  metric: Metric,
  { periods: count, today }: History,
): Series | undefined {
  const [whole] = slices
  const values = whole?.values[metric.name]
  if (!values) return undefined
  const shape = shapeMeasure(metric)
  const weights = shape.weight === undefined ? undefined : whole.weights[metric.name]
  const end = periods.findLastIndex((period) => period < today) + 1
  const [own, start] = [periods.slice(end - count, end), end - count]
  return buildSeries({
    shape,
    grain: scan.grain,
    periods: own,
    values: values.slice(start, end),
    weights: weights?.slice(start, end),
    marks: markPeriods(own, scan.grain, scan.missing, catalog.events),
  })
}
