import type { Slice } from '../hypothesis.ts'
import { claimOf, defineTemplate } from './template.ts'

export const nameSlice = (slice: Slice): string =>
  slice.map(({ field, value }) => `${field} is ${value === null ? 'empty' : value}`).join(' and ')

/** All pairs of fields, those of earlier fields first: catalogs list what matters most first. */
const pair = (fields: readonly string[]): readonly (readonly string[])[] =>
  fields.flatMap((one, at) => fields.slice(at + 1).map((other) => [one, other]))

export const sliceMoved = defineTemplate({
  kind: 'series',
  name: 'slice_moved',
  summary: 'one value of a field, or of two fields together, changed level or had an unusual day',
  dimensionSets: ({ slices }) => [...slices.map((field) => [field]), ...pair(slices)],
  detectors: ['level_shift', 'trend_change', 'outlier'],
  state: (metric, slice, detector) => `${metric.label.toLowerCase()} where ${nameSlice(slice)} ${claimOf(detector)}`,
})
