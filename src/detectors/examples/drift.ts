import { createRandom } from '../../stats/random.ts'
import { scenes, simulateSamples } from '../simulation/calm-samples.ts'
import { defineExamples } from './example.ts'

export const driftExamples = defineExamples({
  detector: 'drift',
  shape: 'samples',
  hit: {
    title: 'Orders spread out: more small ones, more large ones, the median where it was.',
    data: () =>
      simulateSamples(createRandom(39), { ...scenes.plain!, rows: 15, likeness: 0.1 }, { move: 0, spread: 2 }),
  },
  calm: {
    title: 'Two accounts order ten times as much as others, and what they order is theirs.',
    data: () => simulateSamples(createRandom(40), { ...scenes['few large accounts']!, likeness: 0.5 }),
  },
})
