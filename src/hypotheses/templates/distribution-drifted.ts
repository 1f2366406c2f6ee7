import { defineTemplate } from './template.ts'

export const distributionDrifted = defineTemplate({
  kind: 'distributions',
  name: 'distribution_drifted',
  summary:
    'the values of a field that metrics measure are spread otherwise than before: another shape, not another level',
  models: 'others',
  // of all rows, from a scan of its own
  dimensionSets: () => [],
  detectors: ['drift'],
  // whole weeks: weekdays may have values of their own
  recentDays: 28,
  state: ({ label }, recentDays) =>
    `the values of ${label.toLowerCase()} changed their shape in the last ${recentDays} days`,
})
