import { defineTemplate } from './template.ts'

export const accountChanged = defineTemplate({
  kind: 'accounts',
  name: 'account_changed',
  summary: 'single accounts do far less or far more than they used to, and not because all of them do',
  models: 'others',
  // not cut by fields: it has a scan of its own
  dimensionSets: () => [],
  fits: ({ kind, isAdditive }, { overTime }) => kind === 'count' && isAdditive && overTime === undefined,
  detectors: ['account_change'],
  state: ({ label }) => `single accounts left their own ways in ${label.toLowerCase()}`,
})
