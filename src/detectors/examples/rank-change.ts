import { createRandom } from '../../stats/random.ts'
import { calmLives, simulateBreakdown } from '../simulation/simulate-breakdown.ts'
import { defineExamples } from './example.ts'

export const rankChangeExamples = defineExamples({
  detector: 'rank_change',
  shape: 'breakdown',
  hit: {
    title: 'The second slice grows to two and a half times and passes the first.',
    data: () => simulateBreakdown(createRandom(25), calmLives.plain!, { slice: 1, from: 133, factor: 2.5 }),
  },
  calm: {
    title: 'Slices as large as each other take turns at the top.',
    data: () => simulateBreakdown(createRandom(26), calmLives['as large as each other']!),
  },
})
