import { z } from 'zod'
import { combineDependent } from '../stats/combine-dependent.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { boundDifference } from './groups/compare-shares.ts'
import { earlierLeast, recentLeast, splitCohorts } from './groups/split-cohorts.ts'
import type { Cohorts } from './shapes.ts'

const minimum = earlierLeast + recentLeast

const options = z.object({
  cohorts: z.int().min(minimum).max(120).default(40).describe('How many of the last cohorts are looked at.'),
  ages: z.int().min(1).max(60).default(24).describe('Up to which age, in periods, cohorts are compared.'),
})
type Options = z.infer<typeof options>

function detect(whole: Cohorts, { cohorts: cohortsMax, ages }: Options): Verdict<'cohorts'> {
  const start = Math.max(0, whole.size.length - cohortsMax)
  const cohorts: Cohorts = {
    ...whole,
    at: whole.at.slice(start),
    size: whole.size.slice(start),
    retained: whole.retained.slice(start),
  }
  const count = cohorts.size.reduce((sum, size) => sum + Number(size > 0), 0)
  if (count < minimum) return { status: 'untestable', reason: `has ${count} cohorts; retention_shift needs ${minimum}` }
  const splits = splitCohorts(cohorts, ages + 1)
  if (splits.length === 0) return { status: 'untestable', reason: describeObstacle(cohorts, ages) }
  const best = splits.reduce((most, one) => (one.pValue < most.pValue ? one : most))
  const { first, second, difference } = best.atAge
  const { low, high, range } = boundDifference(best.atAge)
  const expected = first.converted / first.entered
  const observed = second.converted / second.entered
  const isUp = difference > 0
  return {
    status: 'tested',
    pValue: combineDependent(splits.map(({ pValue }) => pValue)),
    direction: isUp ? 'up' : 'down',
    observed,
    expected,
    low: Math.max(0, expected - range),
    high: Math.min(1, expected + range),
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: { measure: 'difference in shares', value: difference, low, high },
    sentence: {
      verb: isUp ? 'stay more often' : 'stay less often',
      subject: `cohorts since ${cohorts.at[best.from]!}`,
      comparedWith: 'earlier cohorts at the same age',
    },
    details: {
      since: cohorts.at[best.from]!,
      age: best.age,
      p_of_split: best.pValue,
      splits_tried: splits.length,
      ages_compared: best.ages,
      cohorts_before: first.units,
      cohorts_since: second.units,
      members_before: first.entered,
      members_since: second.entered,
      correlation_within_cohorts: best.atAge.likeness,
      memory: best.memory,
      degrees_of_freedom: best.atAge.freedom,
    },
  }
}

/** Why no two groups of cohorts can be compared at any age. */
function describeObstacle({ size, retained }: Cohorts, ages: number): string {
  const reached = Array.from(
    { length: ages + 1 },
    (_, age) => retained.filter((row, cohort) => size[cohort]! > 0 && Number.isFinite(row[age])).length,
  )
  const most = Math.max(...reached.slice(1))
  return most < minimum
    ? `${most} cohorts have reached an age of 1 or more; retention_shift needs ${minimum}`
    : 'at every age that enough cohorts have reached all or none stay'
}

/** Do recent cohorts retain differently from earlier ones? */
export const retentionShift = defineDetector({
  name: 'retention_shift',
  shape: 'cohorts',
  question: 'Do recent cohorts stay more or less often than earlier ones did at the same age?',
  method:
    'Each cohort is one piece of evidence: how different cohorts are beyond chance is measured (beta-binomial), and how alike neighbours are; both make the test careful. Every split into earlier and recent cohorts that leaves four and two of them is tried, at every age that both have reached and at all ages after the first one up to each of them taken together (what shows a little at each shows best in their sum); each comparison is that of `funnel_shift`, and all are combined into one p-value that knows that they are tests of the same members (Cauchy combination, Liu and Xie 2020), weighted by what each can tell. The best split says since when, and its clearest age says by how much. Give it a row for each cohort and age (the `retention` step): the cohort’s first period, its size, and how many of it were there at that age; an age that is not over yet for all of a cohort is left out, not zero.',
  assumes: [
    'Cohorts scatter around a common curve, each by itself: what one has of its own tells little of the next.',
    'A cohort’s size is counted once; whoever is there at an age is one of it.',
  ],
  misleads: [
    'Neighbouring cohorts that are much alike (a long campaign, a season of sign-ups) look like a change: with a correlation of 0.4 between neighbours 7 in 100 calm triangles of 24 cohorts are told at 5%, and 3 at 1%.',
    'A mix of plans that changes moves retention without anybody behaving differently: look within plans.',
    'The size told is that of the age at which it shows most, and so a little large.',
  ],
  minimum,
  minimumOf: 'cohorts that have reached a common age',
  options,
  detect,
})
