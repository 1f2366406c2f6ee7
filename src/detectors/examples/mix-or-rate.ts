import { createRandom } from '../../stats/random.ts'
import { leafWorlds } from '../simulation/calm-leaves.ts'
import { simulateLeaves } from '../simulation/simulate-leaves.ts'
import { defineExamples } from './example.ts'

export const mixOrRateExamples = defineExamples({
  detector: 'mix_or_rate',
  shape: 'leaves',
  hit: {
    title: 'Rates are two fifths higher in every slice.',
    data: () => simulateLeaves(createRandom(31), leafWorlds['rates of many']!, [{ where: {}, factor: 1.4 }]),
  },
  calm: {
    title: 'Slices with high and low rates, neither rates nor proportions change.',
    data: () => simulateLeaves(createRandom(32), leafWorlds['rates of many']!),
  },
})
