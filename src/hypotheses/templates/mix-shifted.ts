import { defineTemplate } from './template.ts'

/** All pairs of fields; of single fields those with enough values to judge by are asked as well. */
export const mixShifted = defineTemplate({
  kind: 'breakdown',
  name: 'mix_shifted',
  summary: 'a rate or mean changed because values with other rates became more, not because rates changed',
  models: 'others',
  fits: ({ isAdditive, weight }) => isAdditive && weight !== undefined,
  dimensionSets: ({ slices }) => [
    ...slices.map((field) => [field]),
    ...slices.flatMap((one, at) => slices.slice(at + 1).map((other) => [one, other])),
  ],
  detectors: ['mix_or_rate'],
  state: ({ label }, fields) => `${label.toLowerCase()} changed because the mix of ${fields.join(' and ')} did`,
})
