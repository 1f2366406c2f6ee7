import { expect, test } from 'vitest'
import { placeTrends } from './place-trends.ts'
import type { StandingStory } from './standing.ts'

const told = (value: string, volume: number, observed: number, expected: number): StandingStory =>
  ({
    lead: {
      verdict: {
        hypothesis: {
          model: 'm',
          metric: 'days',
          detector: 'trend',
          slice: value === '' ? [] : [{ field: 'team', value }],
        },
        kind: 'mean',
        volume,
        numbers: { observed, expected },
      },
    },
    merged: [],
  }) as unknown as StandingStory
const place = (stories: readonly StandingStory[]) =>
  placeTrends(stories).map(({ lead, merged }) => [lead.verdict.hypothesis.slice[0]?.value ?? 'all', merged.length])

test('a whole that rises because one value does is merged into it', () => {
  expect(place([told('', 10, 8, 5), told('IT', 2, 18, 5)])).toEqual([['IT', 1]])
})

test('a whole that rises by more than one value does is told beside it', () => {
  expect(place([told('', 10, 8, 5), told('IT', 2, 10, 5)])).toEqual([
    ['all', 0],
    ['IT', 0],
  ])
})
