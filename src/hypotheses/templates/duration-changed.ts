import { nameSlice } from './slice-moved.ts'
import { defineTemplate } from './template.ts'

export const durationChanged = defineTemplate({
  kind: 'durations',
  name: 'duration_changed',
  summary: 'it takes longer, or happens sooner, than before, those counted for whom it has not happened yet',
  models: 'others',
  // not cut by the fields of a metric: it has a scan of its own
  dimensionSets: () => [],
  detectors: ['duration_shift'],
  // whole weeks: those who began in one week may be alike
  recentDays: [28, 84],
  state: ({ label }, slice, recentDays) =>
    [
      label.toLowerCase(),
      ...(slice.length > 0 ? [`where ${nameSlice(slice)}`] : []),
      `changed for what began in the last ${recentDays} days`,
    ].join(' '),
})
