import { defineTemplate } from './template.ts'

export const sliceAgainstSiblings = defineTemplate({
  kind: 'breakdown',
  name: 'slice_against_siblings',
  summary: 'one value of a field went another way than the other values did',
  models: 'others',
  fits: ({ isAdditive }) => isAdditive,
  dimensionSets: ({ slices }) => slices.map((field) => [field]),
  detectors: ['divergence'],
  state: ({ label }, [field]) => `one value of ${field} left the others in ${label.toLowerCase()}`,
})
