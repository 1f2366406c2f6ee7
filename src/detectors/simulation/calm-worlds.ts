import type { Random } from '../../stats/random.ts'
import type { Shape, Shapes } from '../shapes.ts'
import { calmAccounts } from './calm-accounts.ts'
import { calmArrivals } from './calm-arrivals.ts'
import { calmCohorts } from './calm-cohorts.ts'
import { calmConversions } from './calm-conversions.ts'
import { calmDurations } from './calm-durations.ts'
import { calmGoals } from './calm-goals.ts'
import { calmLeaves } from './calm-leaves.ts'
import { calmMembers } from './calm-members.ts'
import { calmPairs } from './calm-pairs.ts'
import { calmPoints } from './calm-points.ts'
import { calmSamples } from './calm-samples.ts'
import { calmStrata } from './calm-strata.ts'
import { calmZeros } from './calm-zeros.ts'
import { calmBreakdowns } from './simulate-breakdown.ts'
import { lives, simulateSeries } from './simulate-series.ts'

/** Title → draws numbers of a shape in which nothing happens, each in a way of its own that breaks naive tests. */
export type CalmWorlds<S extends Shape> = Readonly<Record<string, (random: Random) => Shapes[S]>>

const calmSeries: CalmWorlds<'series'> = Object.fromEntries(
  Object.entries(lives).map(([title, life]) => [title, (random: Random) => simulateSeries(random, life)]),
)

/** Worlds that false-alarm rates are measured on, by shape. */
export const calmWorlds: { readonly [S in Shape]?: CalmWorlds<S> } = {
  series: { ...calmSeries, ...calmZeros },
  goal: calmGoals,
  arrivals: calmArrivals,
  conversions: calmConversions,
  cohorts: calmCohorts,
  durations: calmDurations,
  samples: calmSamples,
  strata: calmStrata,
  'cross-section': calmMembers,
  points: calmPoints,
  leaves: calmLeaves,
  breakdown: calmBreakdowns,
  pair: calmPairs,
  accounts: calmAccounts,
}
