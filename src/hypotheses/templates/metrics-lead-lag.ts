import { defineTemplate } from './template.ts'

export const metricsLeadLag = defineTemplate({
  kind: 'leads',
  name: 'metrics_lead_lag',
  summary: 'of two metrics of different rows one moves some periods before the other',
  models: 'others',
  // of whole metrics, from what the scans of each read
  dimensionSets: () => [],
  detectors: ['lead_lag'],
  lags: { day: 28, week: 8 },
  state: ({ label }, { label: other }) => `${label.toLowerCase()} and ${other.toLowerCase()} move one before the other`,
})
