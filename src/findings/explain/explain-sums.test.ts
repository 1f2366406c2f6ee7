import { expect, test } from 'vitest'
import { explainSums } from './explain-sums.ts'
import type { StandingStory } from './standing.ts'

const told = (measure: string, change: number, detector = 'peer_outlier'): StandingStory =>
  ({
    lead: { verdict: { hypothesis: { model: 'm', measure, detector }, numbers: { change } } },
    merged: [],
  }) as unknown as StandingStory
const all = (stories: readonly StandingStory[]) =>
  explainSums(stories, () => true).map(({ lead, merged }) => [
    lead.verdict.hypothesis.measure,
    ...merged.map(({ verdict }) => verdict.hypothesis.measure),
  ])

test('a total whose rows, or mean, are told is no story of its own', () => {
  expect(all([told('sum(cost)', 2.5), told('count()', 2.4)])).toEqual([['count()', 'sum(cost)']])
  expect(all([told('sum(cost)', 29), told('count()', 4.9), told('avg(cost)', 6.7)])).toEqual([
    ['count()'],
    ['avg(cost)', 'sum(cost)'],
  ])
})

test('a total that neither explains is told', () => {
  expect(all([told('sum(cost)', 2.5)])).toEqual([['sum(cost)']])
  expect(all([told('sum(cost)', 9), told('count()', 1)])).toEqual([['sum(cost)'], ['count()']])
  expect(all([told('sum(cost)', 2.5), told('avg(price)', 2.4)])).toEqual([['sum(cost)'], ['avg(price)']])
})
