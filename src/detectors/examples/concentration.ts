import { createRandom } from '../../stats/random.ts'
import { calmLives, simulateBreakdown } from '../simulation/simulate-breakdown.ts'
import { defineExamples } from './example.ts'

const life = { ...calmLives.plain!, count: 8 }

export const concentrationExamples = defineExamples({
  detector: 'concentration',
  shape: 'breakdown',
  hit: {
    title: 'The largest customer doubles: one of eight now is nearly half of the whole.',
    data: () => simulateBreakdown(createRandom(23), life, { slice: 0, from: 137, factor: 2 }),
  },
  calm: {
    title: 'All grow alike: the whole is larger, its shares are as before.',
    data: () => simulateBreakdown(createRandom(24), { ...life, growth: 0.008 }),
  },
})
