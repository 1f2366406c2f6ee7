import { claimOf, defineTemplate } from './template.ts'

export const recordSet = defineTemplate({
  kind: 'series',
  name: 'record_set',
  summary: 'the whole metric was higher or lower in the last periods than ever before, and not by growth or season',
  models: 'others',
  dimensionSets: () => [[]],
  detectors: ['record'],
  state: (metric, _slice, detector) => `${metric.label.toLowerCase()} ${claimOf(detector)}`,
})
