import type { Random } from '../../stats/random.ts'
import type { CalmWorlds } from './calm-worlds.ts'
import { type LeafWorld, simulateLeaves } from './simulate-leaves.ts'

const plain: LeafWorld = { measure: 'count', values: [4, 6, 5], rows: 8000, skew: 1, overdispersion: 0.01 }

/** Companies cut into leaves, in which no slice departs from the rest: each breaks naive tests in a way of its own. */
export const leafWorlds: Readonly<Record<string, LeafWorld>> = {
  counts: plain,
  'few a leaf': { ...plain, rows: 300 },
  'a few large leaves': { ...plain, skew: 2 },
  'counts that jump': { ...plain, overdispersion: 0.3 },
  'three fields of two': { ...plain, values: [2, 2, 8], rows: 3000 },
  'money in leaves': { ...plain, measure: 'money', rows: 1500 },
  'rates of many': { ...plain, measure: 'ratio', rows: 30_000 },
  'rates of few': { ...plain, measure: 'ratio', rows: 1500, skew: 1.5 },
  'rates that jump': { ...plain, measure: 'ratio', rows: 30_000, overdispersion: 0.1 },
  'rates that differ': { ...plain, measure: 'ratio', rows: 30_000, unequal: 0.7 },
  'means of amounts': { ...plain, measure: 'mean', rows: 2000, unequal: 0.3 },
}

export const calmLeaves: CalmWorlds<'leaves'> = {
  ...Object.fromEntries(
    Object.entries(leafWorlds).map(([title, world]) => [title, (random: Random) => simulateLeaves(random, world)]),
  ),
  'a third less everywhere': (random) => simulateLeaves(random, plain, [{ where: {}, factor: 0.67 }]),
}
