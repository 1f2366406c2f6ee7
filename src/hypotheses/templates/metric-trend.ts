import { claimOf, defineTemplate } from './template.ts'

export const metricTrend = defineTemplate({
  kind: 'series',
  name: 'metric_trend',
  summary: 'the whole metric follows a trend',
  models: 'others',
  dimensionSets: () => [[]],
  detectors: ['trend'],
  state: (metric, _slice, detector) => `${metric.label.toLowerCase()} ${claimOf(detector)}`,
})
