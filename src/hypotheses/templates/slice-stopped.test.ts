import { expect, test } from 'vitest'
import type { Metric } from '../../catalog/catalog.ts'
import { sliceStopped } from './slice-stopped.ts'

const metric = (measure: string) =>
  ({ name: 'm', model: 'order', measure, slices: ['plan', 'country'] }) as unknown as Metric

test('rows are asked about by each field alone, sums and rates are not', () => {
  expect(sliceStopped.dimensionSets(metric('count()'))).toEqual([['plan'], ['country']])
  expect(sliceStopped.dimensionSets(metric('sum(amount)'))).toEqual([])
  expect(sliceStopped.dimensionSets(metric('count(where paid) / count()'))).toEqual([])
})
