import { defineTemplate } from './template.ts'

export const concentrationChanged = defineTemplate({
  kind: 'breakdown',
  name: 'concentration_changed',
  summary: 'the largest values of a field hold another share of a count or sum than before, or another one is first',
  models: 'others',
  fits: ({ isAdditive, kind }) => isAdditive && (kind === 'count' || kind === 'amount'),
  dimensionSets: ({ slices }) => slices.map((field) => [field]),
  detectors: ['concentration', 'rank_change'],
  state: ({ label }, [field], detector) =>
    detector === 'rank_change'
      ? `another value of ${field} became first in ${label.toLowerCase()}`
      : `the largest values of ${field} hold another share of ${label.toLowerCase()}`,
})
