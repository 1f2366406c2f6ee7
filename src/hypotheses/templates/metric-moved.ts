import { claimOf, defineTemplate } from './template.ts'

export const metricMoved = defineTemplate({
  kind: 'series',
  name: 'metric_moved',
  summary: 'the whole metric changed level or its trend, or had an unusual day',
  dimensionSets: () => [[]],
  detectors: ['level_shift', 'trend_change', 'outlier'],
  state: (metric, _slice, detector) => `${metric.label.toLowerCase()} ${claimOf(detector)}`,
})
