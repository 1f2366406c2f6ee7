import { createRandom } from '../../stats/random.ts'
import { leafWorlds } from '../simulation/calm-leaves.ts'
import { simulateLeaves } from '../simulation/simulate-leaves.ts'
import { defineExamples } from './example.ts'

const world = { ...leafWorlds.counts!, values: [12, 3], rows: 20_000 }

export const contributionExamples = defineExamples({
  detector: 'contribution',
  shape: 'leaves',
  hit: {
    title: 'One of twelve values has half as much; the others are as before.',
    data: () => simulateLeaves(createRandom(21), world, [{ where: { 0: 4 }, factor: 0.5 }]),
  },
  calm: {
    title: 'All twelve wobble: one is always the farthest off.',
    data: () => simulateLeaves(createRandom(22), { ...world, overdispersion: 0.1 }),
  },
})
