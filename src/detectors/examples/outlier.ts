import { createRandom } from '../../stats/random.ts'
import { lives, simulateSeries } from '../simulation/simulate-series.ts'
import { defineExamples } from './example.ts'

export const outlierExamples = defineExamples({
  detector: 'outlier',
  shape: 'series',
  hit: {
    title: 'One day with a third of the usual orders.',
    data: () => simulateSeries(createRandom(1), { ...lives.plain!, rows: 400 }, { from: 177, to: 178, factor: 0.35 }),
  },
  calm: {
    title: 'Sundays are quiet, but every Sunday is.',
    data: () => simulateSeries(createRandom(2), lives.plain!),
  },
})
