import { shapeMeasure } from '../series/measure-shape.ts'
import { nameSlice } from './slice-moved.ts'
import { claimOf, defineTemplate } from './template.ts'

/**
 * A value whose rows end is the surest thing that can happen to it, and a test of levels does not know: what varies by itself for a year (a school
 * year, a ramp) may fall as far, but not to nothing for weeks.
 */
export const sliceStopped = defineTemplate({
  kind: 'series',
  name: 'slice_stopped',
  summary: 'one value of a field has no rows for longer than chance explains',
  models: 'others',
  dimensionSets: (metric) => {
    const { kind, isAdditive } = shapeMeasure(metric)
    return kind === 'count' && isAdditive ? metric.slices.map((field) => [field]) : []
  },
  detectors: ['drought'],
  state: (metric, slice, detector) => `${metric.label.toLowerCase()} where ${nameSlice(slice)} ${claimOf(detector)}`,
})
