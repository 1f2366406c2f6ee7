import { createRandom } from '../../stats/random.ts'
import { crowds, simulateConversions } from '../simulation/calm-conversions.ts'
import { defineExamples } from './example.ts'

export const funnelShiftExamples = defineExamples({
  detector: 'funnel_shift',
  shape: 'conversions',
  hit: {
    title: 'Of those who start the trial, half as many invite a colleague as before.',
    data: () => simulateConversions(createRandom(31), crowds.plain!, 0.5),
  },
  calm: {
    title: 'Fewer went on after, but it was the people of a few large accounts.',
    data: () => ({
      names: ['before', 'after'],
      first: [90, 12, 7, 30, 5, 16, 9, 22].map((entered, at) => ({
        entered,
        converted: Math.round(entered * [0.55, 0.4, 0.3, 0.6, 0.2, 0.5, 0.35, 0.25][at]!),
      })),
      second: [140, 8, 11, 25, 6, 14, 10].map((entered, at) => ({
        entered,
        converted: Math.round(entered * [0.22, 0.5, 0.3, 0.45, 0.2, 0.4, 0.6][at]!),
      })),
    }),
  },
})
