import { claimOf, defineTemplate } from './template.ts'

export const metricMoved = defineTemplate({
  kind: 'series',
  name: 'metric_moved',
  summary: 'the whole metric changed level, had an unusual day, or follows a trend',
  dimensionSets: () => [[]],
  detectors: ['level_shift', 'trend_change', 'outlier', 'trend'],
  state: (metric, _slice, detector) => `${metric.label.toLowerCase()} ${claimOf(detector)}`,
})
