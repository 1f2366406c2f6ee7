import { createRandom } from '../../stats/random.ts'
import { drawPoints } from '../simulation/calm-points.ts'
import { defineExamples } from './example.ts'

export const correlationExamples = defineExamples({
  detector: 'correlation',
  shape: 'points',
  hit: {
    title: 'Dearer expenses take longer to be approved.',
    data: () => drawPoints(createRandom(1), { count: 300, link: 0.5, isHeavy: true }),
  },
  calm: {
    title: 'A few huge values on both sides, and no connection.',
    data: () => drawPoints(createRandom(2), { count: 300, link: 0, isHeavy: true }),
  },
})
