import { createRandom } from '../../stats/random.ts'
import { crowds, simulateMembers } from '../simulation/calm-members.ts'
import { defineExamples } from './example.ts'

const crowd = { ...crowds['shares that differ']!, members: 24, rows: 800, between: 0.1 }

export const peerOutlierExamples = defineExamples({
  detector: 'peer_outlier',
  shape: 'cross-section',
  hit: {
    title: 'One of 24 regions converts three times as well as the others.',
    data: () => simulateMembers(createRandom(11), { ...crowd, unequal: 0.5 }, { at: 5, factor: 5 }),
  },
  calm: {
    title: 'The smallest regions have the highest and the lowest rates: few rows, nothing else.',
    data: () => simulateMembers(createRandom(12), { ...crowd, unequal: 1.4 }),
  },
})
