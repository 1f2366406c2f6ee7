import { createDiagnostic, type Diagnostic } from '../../base/diagnostic.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { CatalogPlaces } from '../../catalog/catalog-places.ts'
import { shapeMeasure } from '../series/measure-shape.ts'

/** Whether the values of days make that of a period: counts and sums by adding, shares and means by the rows behind them. */
export const addsUpOverDays = (metric: Pick<Metric, 'measure' | 'overTime'>): boolean =>
  metric.overTime === undefined && shapeMeasure(metric).isAdditive

/** Goals of metrics that do not add up over days: nobody could tell how far they have come. */
export function checkGoalMeasures(catalog: Catalog, places: CatalogPlaces): readonly Diagnostic[] {
  return Object.values(catalog.models).flatMap(({ name: model, metrics }) =>
    Object.values(metrics).flatMap((metric) => {
      if (!metric.goals || addsUpOverDays(metric)) return []
      return createDiagnostic({
        code: 'goal-measure',
        message: `metric \`${metric.name}\` has a goal, and the values of its days do not add up to that of a period: \`${metric.measure}\``,
        hint: 'Goals are of counts, sums, averages and shares of counts; not of distinct counts, medians and percentiles.',
        ...places.locate(['models', model, 'metrics', metric.name, 'goals']),
      })
    }),
  )
}
