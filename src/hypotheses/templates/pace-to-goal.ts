import { defineTemplate } from './template.ts'

export const paceToGoal = defineTemplate({
  kind: 'goals',
  name: 'pace_to_goal',
  summary: 'a metric misses the goal that the catalog declares for the period, or meets it all of a sudden',
  models: 'others',
  // of the whole metric by the day, from a scan of its own
  dimensionSets: () => [],
  detectors: ['pace'],
  state: ({ label }, { period }) => `${label.toLowerCase()} will not come to its goal of the ${period}`,
})
