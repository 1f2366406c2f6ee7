import { createRandom } from '../../stats/random.ts'
import { calmLives, simulateBreakdown } from '../simulation/simulate-breakdown.ts'
import { defineExamples } from './example.ts'

export const divergenceExamples = defineExamples({
  detector: 'divergence',
  shape: 'breakdown',
  hit: {
    title: 'The third slice loses 40% from one day on, while the others go on.',
    data: () => simulateBreakdown(createRandom(21), calmLives.plain!, { slice: 2, from: 140, factor: 0.6 }),
  },
  calm: {
    title: 'All slices lose half at once: their shares stay.',
    data: () => simulateBreakdown(createRandom(22), calmLives['a step of all slices']!),
  },
})
