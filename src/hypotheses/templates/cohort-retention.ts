import { nameSlice } from './slice-moved.ts'
import { defineTemplate } from './template.ts'

export const cohortRetention = defineTemplate({
  kind: 'cohorts',
  name: 'cohort_retention',
  summary: 'of those who began lately, more or fewer come back than of those who began earlier, at the same age',
  models: 'others',
  // not cut by the fields of a metric: it has scans of its own
  dimensionSets: () => [],
  detectors: ['retention_shift'],
  state: (subject, slice) =>
    [subject.toLowerCase(), ...(slice.length > 0 ? [`where ${nameSlice(slice)}`] : []), 'changed'].join(' '),
})
