import { claimOf, defineTemplate } from './template.ts'

/** Wholes alone: a slice whose weekdays shift or that scatters more is seldom news, and there are thousands of them. */
export const patternBroken = defineTemplate({
  kind: 'series',
  name: 'pattern_broken',
  summary: 'the whole metric has another weekly shape, scatters more or less, or had nothing for too long',
  models: 'others',
  dimensionSets: () => [[]],
  detectors: ['season_change', 'volatility', 'drought'],
  state: (metric, _slice, detector) => `${metric.label.toLowerCase()} ${claimOf(detector)}`,
})
