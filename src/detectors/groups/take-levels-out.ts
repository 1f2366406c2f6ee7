import { quantileOfSorted } from '../../stats/quantile.ts'
import type { TwoSamples } from '../shapes.ts'

/**
 * The samples with each week's median taken out of its values, so that what is left to differ is their shape: what made all values of a week larger (a price, a season)
 * is a matter of their level, which is asked about by itself. Where all are above 0 they are taken as multiples, by their logarithms: twice as much of everything is
 * no other shape. Needs numbers with their weeks as batches.
 */
export function takeLevelsOut(samples: TwoSamples): TwoSamples {
  const both = [samples.first, samples.second]
  const isPositive = both.every(({ values }) => (values as Float64Array).every((value) => value > 0))
  const scaled = both.map(({ values }) =>
    isPositive ? (values as Float64Array).map(Math.log) : (values as Float64Array),
  )
  const ofWeek = new Map<number, number[]>()
  both.forEach(({ batches }, side) => {
    scaled[side]!.forEach((value, at) => {
      const week = batches![at]!
      const known = ofWeek.get(week) ?? []
      ofWeek.set(week, known)
      known.push(value)
    })
  })
  const medians = new Map(
    [...ofWeek].map(([week, values]) => [week, quantileOfSorted(Float64Array.from(values).sort(), 0.5)]),
  )
  const [first, second] = both.map((sample, side) => ({
    ...sample,
    values: scaled[side]!.map((value, at) => value - medians.get(sample.batches![at]!)!),
  }))
  return { ...samples, first: first!, second: second! }
}
