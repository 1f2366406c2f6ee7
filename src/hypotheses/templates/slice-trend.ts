import { nameSlice } from './slice-moved.ts'
import { claimOf, defineTemplate } from './template.ts'

/** Over a whole history the trend of a value is told: by then it is how things are, which nobody may have seen. */
export const sliceTrend = defineTemplate({
  kind: 'series',
  name: 'slice_trend',
  summary: 'one value of a field follows a trend over the whole history of a small table',
  models: 'portraits',
  dimensionSets: ({ slices }) => slices.map((field) => [field]),
  detectors: ['trend'],
  state: (metric, slice, detector) => `${metric.label.toLowerCase()} where ${nameSlice(slice)} ${claimOf(detector)}`,
})
