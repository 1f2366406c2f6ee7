import { createRandom } from '../../stats/random.ts'
import { lives, simulateSeries } from '../simulation/simulate-series.ts'
import { defineExamples } from './example.ts'

export const recordExamples = defineExamples({
  detector: 'record',
  shape: 'series',
  hit: {
    title: 'The best day ever, by far more than season and growth let expect.',
    data: () => simulateSeries(createRandom(15), lives.plain!, { from: 178, to: 179, factor: 2.5 }),
  },
  calm: {
    title: 'The best day ever, as nearly every week of a growing company has one.',
    data: () => simulateSeries(createRandom(16), { ...lives.plain!, growth: 0.01 }),
  },
})
