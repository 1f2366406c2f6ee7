import { createRandom } from '../../stats/random.ts'
import { lives, simulateSeries } from '../simulation/simulate-series.ts'
import { defineExamples } from './example.ts'

export const levelShiftExamples = defineExamples({
  detector: 'level_shift',
  shape: 'series',
  hit: {
    title: 'Signups are 35% fewer from one day on and stay there.',
    data: () => simulateSeries(createRandom(3), lives.plain!, { from: 150, to: 182, factor: 0.65 }),
  },
  calm: {
    title: 'Good weeks follow good weeks and bad ones bad: memory, not a new level.',
    data: () => simulateSeries(createRandom(4), lives['mostly memory']!),
  },
})
