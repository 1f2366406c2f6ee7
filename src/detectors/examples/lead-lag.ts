import { createRandom } from '../../stats/random.ts'
import { pairs, simulatePair } from '../simulation/calm-pairs.ts'
import { defineExamples } from './example.ts'

export const leadLagExamples = defineExamples({
  detector: 'lead_lag',
  shape: 'pair',
  hit: {
    title: 'Trials that begin today are the subscriptions of next week.',
    data: () => simulatePair(createRandom(27), pairs['strangers with a week']!, { lag: 7, share: 0.9 }),
  },
  calm: {
    title: 'Both follow the same good and bad weeks; neither is first.',
    data: () => simulatePair(createRandom(28), pairs['a shared cause that lasts']!),
  },
})
