import { nameSlice } from './slice-moved.ts'
import { claimOf, defineTemplate } from './template.ts'

/** Over a whole history a trend is told, along whatever curve: by then it is how things are, which nobody may have seen. */
export const sliceTrend = defineTemplate({
  kind: 'series',
  name: 'slice_trend',
  summary: 'a metric, or one value of a field, rises or falls over the whole history of a small table',
  models: 'portraits',
  dimensionSets: ({ slices }) => [[], ...slices.map((field) => [field])],
  detectors: ['trend'],
  options: { curved: true },
  state: ({ label }, slice, detector) =>
    slice.length === 0
      ? `${label.toLowerCase()} ${claimOf(detector)}`
      : `${label.toLowerCase()} where ${nameSlice(slice)} ${claimOf(detector)}`,
})
