import { createRandom } from '../../stats/random.ts'
import { intakes, simulateCohorts } from '../simulation/calm-cohorts.ts'
import { defineExamples } from './example.ts'

export const retentionShiftExamples = defineExamples({
  detector: 'retention_shift',
  shape: 'cohorts',
  hit: {
    title: 'The cohorts of the last five months lose two in five of those whom earlier ones kept.',
    data: () => simulateCohorts(createRandom(33), { ...intakes.plain!, size: 300 }, { from: 9, factor: 0.6 }),
  },
  calm: {
    title: 'Cohorts differ, the last ones as much as the first.',
    data: () => simulateCohorts(createRandom(34), intakes['cohorts of their own']!),
  },
})
