import { nameSlice } from './slice-moved.ts'
import { defineTemplate } from './template.ts'

export const behaviourWithReturn = defineTemplate({
  kind: 'behaviours',
  name: 'behaviour_with_return',
  summary:
    'those who did something in their first days come back after them more or less often than others who did as much',
  models: 'others',
  // not cut by the fields of a metric: it has scans of its own
  dimensionSets: () => [],
  detectors: ['association'],
  state: ({ label }, slice, firstDays) =>
    `${label.toLowerCase()} differs after ${firstDays} first days where ${nameSlice(slice)}`,
})
