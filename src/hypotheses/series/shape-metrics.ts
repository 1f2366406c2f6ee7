import type { Catalog } from '../../catalog/catalog.ts'
import { type MeasureShape, shapeMeasure } from './measure-shape.ts'
import { shapeKey } from './plan-scans.ts'

/** Shapes of all metrics, by `model.metric`. */
export const shapeMetrics = (catalog: Catalog): Readonly<Record<string, MeasureShape>> =>
  Object.fromEntries(
    Object.values(catalog.models).flatMap(({ metrics }) =>
      Object.values(metrics).map((metric) => [shapeKey(metric), shapeMeasure(metric)]),
    ),
  )
