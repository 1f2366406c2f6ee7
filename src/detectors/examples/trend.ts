import { createRandom } from '../../stats/random.ts'
import { lives, simulateSeries } from '../simulation/simulate-series.ts'
import { defineExamples } from './example.ts'

export const trendExamples = defineExamples({
  detector: 'trend',
  shape: 'series',
  hit: {
    title: 'Half a percent more every day, under the weekly season.',
    data: () => simulateSeries(createRandom(5), { ...lives.plain!, growth: 0.005 }),
  },
  calm: {
    title: 'A level that wanders and comes back.',
    data: () => simulateSeries(createRandom(6), lives['with memory']!),
  },
})
