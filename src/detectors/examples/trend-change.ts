import { createRandom } from '../../stats/random.ts'
import { lives, simulateSeries } from '../simulation/simulate-series.ts'
import { defineExamples } from './example.ts'

const life = { ...lives.plain!, length: 400, rows: 200, growth: 0.0008 }

export const trendChangeExamples = defineExamples({
  detector: 'trend_change',
  shape: 'series',
  hit: {
    title: 'Growth turns into a slow fall ten weeks before the end.',
    data: () => simulateSeries(createRandom(7), life, { from: 330, to: 400, factor: 0.6, ramp: 70 }),
  },
  calm: {
    title: 'Steady growth: steep, but as steep as ever.',
    data: () => simulateSeries(createRandom(8), { ...life, growth: 0.003 }),
  },
})
