import { addPeriods, type Day } from '../../base/periods.ts'
import { drift } from '../../detectors/drift.ts'
import { takeLevelsOut } from '../../detectors/groups/take-levels-out.ts'
import type { OneSample } from '../../detectors/shapes.ts'
import {
  countWeeksAgo,
  type DatedValue,
  splitValues,
  type ValueSplit,
} from '../../hypotheses/distributions/build-samples.ts'
import { quantileOfSorted } from '../../stats/quantile.ts'
import { createRandom } from '../../stats/random.ts'
import { studentT } from '../../stats/student-t.ts'
import { pickNumbers, withSentence } from '../evidence/pick-numbers.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

export interface DriftTest {
  readonly values: readonly DatedValue[]
  /** The day after the last one judged. */
  readonly today: Day
  /** Of the detector. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/**
 * Puts the values of the last days before `drift`, against all before, each week without its level. What is told is how wide they are spread: the middle half, or the middle four fifths where those
 * changed more. A seed puts the weeks in another order first (null replicate).
 */
export function judgeDrift({ values, today, options }: DriftTest, permuteSeed?: number): JudgedNumbers {
  const chosen = drift.options.parse(options)
  const recentDays = chosen.recent
  const split: ValueSplit = { today, recentDays }
  const placeOf = permuteSeed === undefined ? {} : { placeOf: shuffleWeeks(values, today, permuteSeed) }
  const samples = splitValues(values, { ...split, ...placeOf })
  const verdict = drift.detect(takeLevelsOut(samples), chosen)
  if (verdict.status === 'untestable') return verdict
  const [first, second] = [sortValues(samples.first), sortValues(samples.second)]
  const range = chooseRange(first, second)
  const [expected, observed] = [measureWidth(first, range), measureWidth(second, range)]
  const error = measureError(samples.first, range, recentDays / 7)
  const details = Object.fromEntries(Object.entries(verdict.details).filter(([name]) => !isQuantile.test(name)))
  const picked = pickNumbers(
    {
      ...verdict,
      details,
      direction: observed >= expected ? 'up' : 'down',
      observed,
      expected,
      low: Math.max(0, expected - error),
      high: expected + error,
      change: expected === 0 ? Number.NaN : observed / expected - 1,
    },
    {
      // of the rows so many are elsewhere
      share_of_whole: verdict.effect.value,
      effect: verdict.effect.value,
      shape: verdict.sentence.verb,
      range: range.name,
      low_before: quantileOfSorted(first, range.from),
      high_before: quantileOfSorted(first, range.to),
      low_now: quantileOfSorted(second, range.from),
      high_now: quantileOfSorted(second, range.to),
      median_before: quantileOfSorted(first, 0.5),
      median_now: quantileOfSorted(second, 0.5),
    },
  )
  const numbers = { ...picked, from: addPeriods(today, -recentDays, 'day'), to: null, periods: recentDays }
  return { status: 'tested', numbers: withSentence(numbers, verdict, drift.name) }
}

/** Quantiles of values without their level say nothing to a reader. */
const isQuantile = /^p\d+_/

interface Range {
  readonly name: string
  /** Shares 0..1 of the values below its ends. */
  readonly from: number
  readonly to: number
}

const ranges: readonly Range[] = [
  { name: 'the middle half', from: 0.25, to: 0.75 },
  { name: 'the middle four fifths', from: 0.1, to: 0.9 },
]

const sortValues = ({ values }: OneSample): Float64Array => Float64Array.from(values as Float64Array).sort()
const measureWidth = (sorted: Float64Array, { from, to }: Range): number =>
  quantileOfSorted(sorted, to) - quantileOfSorted(sorted, from)

/** The one that changed more; the narrower one where both did alike. */
function chooseRange(first: Float64Array, second: Float64Array): Range {
  const sizes = ranges.map((range) => {
    const [before, now] = [measureWidth(first, range), measureWidth(second, range)]
    return before > 0 && now > 0 ? Math.abs(Math.log(now / before)) : 0
  })
  return sizes[1]! > 1.25 * sizes[0]! ? ranges[1]! : ranges[0]!
}

/** Half of the 95% range of the width in as many weeks as were judged, by how much it differs between weeks. */
function measureError({ values, batches }: OneSample, range: Range, weeks: number): number {
  const byWeek = Map.groupBy(
    Array.from(batches!, (week, at) => ({ week, value: Number(values[at]) })),
    ({ week }) => week,
  )
  const widths = [...byWeek.values()]
    .filter(({ length }) => length >= 4)
    .map((own) => measureWidth(Float64Array.from(own, ({ value }) => value).sort(), range))
  if (widths.length < 3) return Number.NaN
  const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length
  const variance = widths.reduce((sum, width) => sum + (width - mean) ** 2, 0) / (widths.length - 1)
  return -studentT.quantile(0.025, widths.length - 1) * Math.sqrt(variance * (1 / weeks + 1 / widths.length))
}

function shuffleWeeks([first]: readonly DatedValue[], today: Day, seed: number): (week: number) => number {
  const weeks = first === undefined ? 0 : countWeeksAgo(first.day, today) + 1
  const order = createRandom(seed).shuffle(Array.from({ length: weeks }, (_, week) => week))
  return (week) => order[week] ?? week
}
