import { createRandom } from '../../stats/random.ts'
import { simulateDurations, waits } from '../simulation/calm-durations.ts'
import { defineExamples } from './example.ts'

export const durationShiftExamples = defineExamples({
  detector: 'duration_shift',
  shape: 'durations',
  hit: {
    title: 'Trials take almost twice as long to become customers.',
    data: () => simulateDurations(createRandom(37), waits.plain!, 0.5),
  },
  calm: {
    title: 'The later group looks fast, because only the fast ones of it have come yet.',
    data: () => simulateDurations(createRandom(38), waits['the later group is watched for a shorter time']!),
  },
})
