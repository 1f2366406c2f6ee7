import { createRandom } from '../../stats/random.ts'
import { leafWorlds } from '../simulation/calm-leaves.ts'
import { simulateLeaves } from '../simulation/simulate-leaves.ts'
import { defineExamples } from './example.ts'

export const rootCauseExamples = defineExamples({
  detector: 'root_cause',
  shape: 'leaves',
  hit: {
    title: 'One value of one field has 40% less, in each of its leaves.',
    data: () => simulateLeaves(createRandom(11), leafWorlds.counts!, [{ where: { 1: 2 }, factor: 0.6 }]),
  },
  calm: {
    title: 'Everything has a third less: a change of the whole, of no slice.',
    data: () => simulateLeaves(createRandom(12), leafWorlds.counts!, [{ where: {}, factor: 0.67 }]),
  },
})
