import { createRandom } from '../../stats/random.ts'
import { customers, simulateAccounts } from '../simulation/calm-accounts.ts'
import { defineExamples } from './example.ts'

export const accountChangeExamples = defineExamples({
  detector: 'account_change',
  shape: 'accounts',
  hit: {
    title: 'One of 60 accounts went silent two weeks ago.',
    data: () =>
      simulateAccounts(createRandom(31), { ...customers.plain!, unequal: 0.4, rate: 12 }, { account: 7, factor: 0 }),
  },
  calm: {
    title: 'All accounts do half as much over the holidays.',
    data: () => simulateAccounts(createRandom(32), customers['all lose half']!),
  },
})
