import { createRandom } from '../../stats/random.ts'
import { lives, simulateSeries } from '../simulation/simulate-series.ts'
import { defineExamples } from './example.ts'

export const seasonChangeExamples = defineExamples({
  detector: 'season_change',
  shape: 'series',
  hit: {
    title: 'Weekends are no longer quiet: two months of them at twice what they were.',
    data: () => {
      const series = simulateSeries(createRandom(13), lives.plain!)
      return { ...series, values: series.values.map((x, at) => (at >= 126 && at % 7 > 4 ? 2 * x : x)) }
    },
  },
  calm: {
    title: 'Everything doubles, weekends too.',
    data: () => simulateSeries(createRandom(14), lives.plain!, { from: 126, to: 182, factor: 2 }),
  },
})
