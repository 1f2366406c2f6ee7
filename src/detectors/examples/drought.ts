import { createRandom } from '../../stats/random.ts'
import { calmZeros } from '../simulation/calm-zeros.ts'
import { lives, simulateSeries } from '../simulation/simulate-series.ts'
import { defineExamples } from './example.ts'

export const droughtExamples = defineExamples({
  detector: 'drought',
  shape: 'series',
  hit: {
    title: 'Nine days without a single signup.',
    data: () => simulateSeries(createRandom(9), lives.plain!, { from: 173, to: 182, factor: 0 }),
  },
  calm: {
    title: 'Nothing at weekends, as ever.',
    data: () => calmZeros['closed at weekends']!(createRandom(10)),
  },
})
