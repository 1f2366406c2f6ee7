import { nameSlice } from './slice-moved.ts'
import { defineTemplate } from './template.ts'

export const funnelStepShifted = defineTemplate({
  kind: 'funnels',
  name: 'funnel_step_shifted',
  summary:
    'of those who began lately and came to a stage of a declared funnel, more or fewer go on than of those before',
  models: 'others',
  // not cut by the fields of a metric: it has a scan of its own
  dimensionSets: () => [],
  detectors: ['funnel_shift'],
  // whole weeks: those who began in one week may be alike
  recentDays: [28, 56],
  state: ({ label }, slice, recentDays) =>
    [
      label.toLowerCase(),
      ...(slice.length > 0 ? [`where ${nameSlice(slice)}`] : []),
      `changed for those who began in ${recentDays} days`,
    ].join(' '),
})
