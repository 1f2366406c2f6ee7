import { createRandom } from '../../stats/random.ts'
import { markets, simulateStrata } from '../simulation/calm-strata.ts'
import { defineExamples } from './example.ts'

export const associationExamples = defineExamples({
  detector: 'association',
  shape: 'strata',
  hit: {
    title: 'Accounts that used exports renewed more often than those of the same plan and size that did not.',
    data: () => simulateStrata(createRandom(35), markets.plain!, 1.7),
  },
  calm: {
    title:
      'Those who used exports renew twice as often, but large plans do both: within a plan there is no difference.',
    data: () => simulateStrata(createRandom(36), markets['exposure goes with plan and size']!),
  },
})
