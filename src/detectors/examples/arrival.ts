import { createRandom } from '../../stats/random.ts'
import type { Arrivals } from '../shapes.ts'
import { calmArrivals } from '../simulation/calm-arrivals.ts'
import { defineExamples } from './example.ts'

const loseMost = (arrivals: Arrivals, day: number): Arrivals => ({
  ...arrivals,
  series: {
    ...arrivals.series,
    values: arrivals.series.values.map((x, at) => (at === day ? Math.round(0.3 * x) : x)),
  },
})

export const arrivalExamples = defineExamples({
  detector: 'arrival',
  shape: 'arrivals',
  hit: {
    title: 'Of the last day a third of the rows is there.',
    data: () => loseMost(calmArrivals['a usual feed']!(createRandom(19)), 181),
  },
  calm: {
    title: 'Sundays are thin and Mondays late, as ever.',
    data: () => calmArrivals['a usual feed']!(createRandom(20)),
  },
})
