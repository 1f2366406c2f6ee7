import { z } from 'zod'
import { quantileOfSorted } from '../stats/quantile.ts'
import { defineDetector, type Tested, type Verdict } from './detector.ts'
import { type DriftMeasure, measureDrift } from './groups/measure-drift.ts'
import { measureSpreadOverTime } from './groups/spread-over-time.ts'
import { weakenPValue } from './groups/weigh-batches.ts'
import type { OneSample, TwoSamples } from './shapes.ts'

const minimum = 20
const unitsLeast = 5

const options = z.object({
  recent: z
    .int()
    .min(7)
    .max(364)
    .default(28)
    .describe('Days whose rows are compared with all before, where rows come with their day; whole weeks are best.'),
  floor: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe(
      'Smallest distance (Kolmogorov–Smirnov, or Cramér’s V) that is worth telling; smaller ones are told as negligible.',
    ),
})
type Options = z.infer<typeof options>

/** Only rows with a value. */
function keepValues(sample: OneSample): OneSample {
  const { values, units, batches } = sample
  if (!(values instanceof Float64Array)) return sample
  const isKept = (_: number, at: number) => Number.isFinite(values[at])
  const kept = values.filter(isKept)
  if (kept.length === values.length) return sample
  return {
    values: kept,
    ...(units && { units: units.filter(isKept) }),
    ...(batches && { batches: batches.filter(isKept) }),
  }
}

function findObstacle(name: string, { values, units }: OneSample): string | undefined {
  if (values.length < minimum) return `${name} has ${values.length} rows; drift needs ${minimum}`
  const accounts = units ? new Set(units).size : values.length
  if (accounts < unitsLeast) return `${name} has rows of ${accounts} accounts; drift needs ${unitsLeast}`
  return undefined
}

type Described = Pick<Tested, 'direction' | 'observed' | 'expected' | 'low' | 'high' | 'details'> & {
  readonly verb: string
  readonly subject: string
}

/** Standard error of the difference of two shares, rows cut down by the design effect. */
const errorOf = (share: number, [m, n]: readonly [number, number], designEffect: number) =>
  Math.sqrt(designEffect * share * (1 - share) * (1 / m + 1 / n))

/** Chance that a row of the second sample exceeds one of the first, ties counting half. */
function measureSuperiority([first, second]: readonly [Float64Array, Float64Array]): number {
  let [below, superiority] = [0, 0]
  second.forEach((share, at) => {
    superiority += share * (below + first[at]! / 2)
    below += first[at]!
  })
  return superiority
}

/** Degrees of freedom of a p-value that knows of none. */
const free = 1e6

/** Values that move as they are have a superiority 0.7 of their distance from even; that of values that only spread is even. */
const movedPart = 0.35

/** Numbers: medians, and whether the values moved or spread. */
function describeNumbers({ first, second, names }: TwoSamples, measure: DriftMeasure): Described {
  const [one, other] = [first, second].map(({ values }) => Float64Array.from(values as Float64Array).sort()) as [
    Float64Array,
    Float64Array,
  ]
  const error = 1.96 * errorOf(0.5, [one.length, other.length], measure.designEffect)
  const superiority = measureSuperiority(measure.shares)
  const spreadOf = (sorted: Float64Array) => quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)
  const isMoved = Math.abs(superiority - 0.5) >= movedPart * measure.value
  const isUp = isMoved ? superiority > 0.5 : spreadOf(other) > spreadOf(one)
  const verb = isMoved ? (isUp ? 'moved up' : 'moved down') : isUp ? 'spread out' : 'drew together'
  const quantiles = (sorted: Float64Array, name: string) =>
    Object.fromEntries([10, 50, 90].map((percent) => [`p${percent}_${name}`, quantileOfSorted(sorted, percent / 100)]))
  return {
    direction: isUp ? 'up' : 'down',
    observed: quantileOfSorted(other, 0.5),
    expected: quantileOfSorted(one, 0.5),
    low: quantileOfSorted(one, 0.5 - error),
    high: quantileOfSorted(one, 0.5 + error),
    verb,
    subject: names[1],
    details: { superiority, ...quantiles(one, 'first'), ...quantiles(other, 'second') },
  }
}

/** Categories: the one whose share differs most. */
function describeCategories(measure: DriftMeasure, sizes: readonly [number, number]): Described {
  const [first, second] = measure.shares
  let place = 0
  for (let at = 0; at < first.length; at++)
    if (Math.abs(second[at]! - first[at]!) > Math.abs(second[place]! - first[place]!)) place = at
  const [expected, observed] = [first[place]!, second[place]!]
  const error = 1.96 * errorOf((expected + observed) / 2, sizes, measure.designEffect)
  const isUp = observed > expected
  return {
    direction: isUp ? 'up' : 'down',
    observed,
    expected,
    low: Math.max(0, expected - error),
    high: Math.min(1, expected + error),
    verb: isUp ? 'has a larger share' : 'has a smaller share',
    subject: measure.rows.labels[place]!,
    details: { category: measure.rows.labels[place]!, categories: first.length },
  }
}

function detect(samples: TwoSamples, { floor }: Options): Verdict<'samples'> {
  const { names } = samples
  const kept: TwoSamples = { names, first: keepValues(samples.first), second: keepValues(samples.second) }
  const obstacle = findObstacle(names[0], kept.first) ?? findObstacle(names[1], kept.second)
  if (obstacle) return { status: 'untestable', reason: obstacle }
  const measure = measureDrift(kept)
  const sizes = [kept.first.values.length, kept.second.values.length] as const
  const { labels, isOrdered } = measure.rows
  if (labels.length < 2)
    return {
      status: 'untestable',
      reason: isOrdered ? `all values are ${labels[0]}` : 'there is one category with enough rows to compare',
    }
  const { details, verb, subject, ...told } = isOrdered
    ? describeNumbers(kept, measure)
    : describeCategories(measure, sizes)
  const { value, range } = measure
  const spread = isOrdered ? measureSpreadOverTime(kept.first, measure.designEffect) : undefined
  const pValue = Math.min(1, Math.max(1e-300, measure.pValue))
  const name = isOrdered ? 'Kolmogorov–Smirnov distance' : 'Cramér’s V'
  return {
    status: 'tested',
    pValue: spread ? weakenPValue(pValue, free, spread) : pValue,
    ...told,
    change: told.expected === 0 ? Number.NaN : told.observed / told.expected - 1,
    // a distance obeys the triangle inequality: it is off by no more than chance alone makes
    effect: { measure: name, value, low: Math.max(0, value - range), high: Math.min(1, value + range) },
    sentence: { verb, subject, comparedWith: names[0] },
    ...(value < floor && {
      negligible: `the distributions are ${value.toPrecision(2)} apart (${name}); drift tells from ${floor} on`,
    }),
    details: {
      method: measure.method,
      rows_first: sizes[0],
      rows_second: sizes[1],
      design_effect: measure.designEffect,
      ...(spread && { spread_by_time: spread.factor }),
      ...details,
    },
  }
}

/** Did the distribution of a field change between two samples? */
export const drift = defineDetector({
  name: 'drift',
  shape: 'samples',
  question: 'Are the values distributed differently than in the sample they are compared with?',
  method:
    'Numbers: the Kolmogorov–Smirnov distance, the largest difference of the shares below any value; it sees moves, spreads and new humps alike. Categories: chi-square with Cramér’s V; rare ones count together. Rows that are units of their own are judged by the exact distribution (up to a million pairs) or the limit. Where accounts have several rows, each account is weighted by what its rows can tell and the accounts change sides 400 times (those in both samples swap their halves): the p-value is the share of permutations at least as far apart, its tail extrapolated with care, and never below one over the number of different permutations. Where it is known in which week each row was, the dispersion beyond chance of the earlier weeks’ shares below five quantiles is added to the variance (quasi-likelihood, Wedderburn 1974), and paid for by their degrees of freedom. In huge samples any difference is sure: the p-value stays what it is, and a distance below the floor is told as negligible, which is never shown. Give it one row for each event or person of the two windows (or of a slice and the rest), a sample of the newest 200,000 where there are more, and its account.',
  assumes: [
    'Rows of different accounts do not follow each other.',
    'Both samples were collected in the same way: a new default value or unit is a change of distribution, too.',
  ],
  misleads: [
    'Other accounts than before: the distribution moves though nobody changed. Look at `contribution`.',
    'Medians may be equal though the values spread: look at the quantiles in the details.',
  ],
  minimum,
  minimumOf: 'rows in each sample',
  options,
  detect,
})
