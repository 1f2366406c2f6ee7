import { createRandom } from '../../stats/random.ts'
import { drawNoisy } from '../simulation/draw-noisy.ts'
import { lives, simulateSeries } from '../simulation/simulate-series.ts'
import { defineExamples } from './example.ts'

export const volatilityExamples = defineExamples({
  detector: 'volatility',
  shape: 'series',
  hit: {
    title: 'The same average, but the last four weeks scatter three times as much.',
    data: () => drawNoisy(createRandom(11), 182, 28, 3),
  },
  calm: {
    title: 'Three times as many signups scatter more, as they should.',
    data: () =>
      simulateSeries(
        createRandom(12),
        { ...lives.plain!, distribution: 'poisson', noise: 0 },
        { from: 140, to: 182, factor: 3 },
      ),
  },
})
