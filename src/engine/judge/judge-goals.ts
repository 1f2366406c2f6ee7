import { daysBetween } from '../../base/periods.ts'
import type { Verdict } from '../../detectors/detector.ts'
import { pace } from '../../detectors/pace.ts'
import type { Goal, Series } from '../../detectors/shapes.ts'
import { permuteBlocks } from '../../findings/errors/permute-blocks.ts'
import { type AskedGoal, buildGoal } from '../../hypotheses/goals/build-goal.ts'
import { createRandom } from '../../stats/random.ts'
import { pickNumbers, withSentence } from '../evidence/pick-numbers.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

export interface GoalTest {
  /** Days up to the last full one. */
  readonly series: Series
  readonly goal: AskedGoal
  /** Of the detector. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** Days before the last one as of which it is asked what was to be expected then: what is met all of a sudden is news. */
const daysBefore = 28
/** Days of a week stay together when a series is permuted. */
const block = 7

/**
 * Puts a metric on its way to a goal before `pace`. A seed puts its weeks in another order first (null replicate), cuts off as many days as are
 * still to come, and makes what came of the whole span the goal: one that will be met exactly.
 */
export function judgeGoal(test: GoalTest, permuteSeed?: number): JudgedNumbers {
  const { series, goal: asked, options } = test
  const goal = buildGoal(series, asked)
  if (!goal) return { status: 'untestable', reason: `its days begin after the ${asked.period} of its goal does` }
  const detect = (one: Goal): Verdict<'goal'> => pace.detect(one, pace.options.parse(options))
  const judged = permuteSeed === undefined ? goal : permute(goal, permuteSeed)
  if (!judged)
    return { status: 'untestable', reason: 'has fewer days than its goal, so that no earlier one can be made up' }
  const verdict = detect(judged)
  if (verdict.status === 'untestable') return verdict
  const before = isGood(verdict.observed, goal) ? detect(cut(goal, daysBefore)) : undefined
  const numbers = {
    ...pickNumbers(verdict, {
      share_of_whole: Math.min(1, Math.abs(verdict.change)),
      goal: asked.value,
      period: asked.period,
      ...(before?.status === 'tested' && { chance_four_weeks_before: before.details.chance_of_reaching! }),
    }),
    from: asked.from,
    to: asked.to,
    periods: series.values.length - goal.start,
  }
  return { status: 'tested', numbers: withSentence(numbers, verdict, pace.name) }
}

const isGood = (projected: number, { target, goodDirection }: Goal): boolean =>
  goodDirection === 'up' ? projected >= target : projected <= target

/** The same without its last days. */
function cut(goal: Goal, days: number): Goal {
  const { at, values, weights, excluded } = goal.series
  const length = Math.max(0, values.length - days)
  const series = {
    ...goal.series,
    at: at.slice(0, length),
    values: values.slice(0, length),
    ...(weights && { weights: weights.slice(0, length) }),
    ...(excluded && { excluded: excluded.slice(0, length) }),
  }
  return { ...goal, series }
}

function permute(goal: Goal, seed: number): Goal | undefined {
  const { periods } = goal
  const series = permuteBlocks(goal.series, block, createRandom(seed))
  const { length } = series.values
  const start = length - periods
  if (start < 0) return undefined
  const target = sumUp(series, start, length)
  return cut({ ...goal, series, start, target }, goal.start + periods - length)
}

/** What came in a span: the sum of its days, of shares and means by the rows behind them. */
export function sumUp({ values, weights }: Series, start: number, end: number): number {
  let [sum, rows] = [0, 0]
  for (let at = start; at < end; at++) {
    const weight = weights?.[at] ?? 1
    if (!Number.isFinite(values[at]) || weight === 0) continue
    sum += weight * values[at]!
    rows += weight
  }
  return weights ? sum / rows : sum
}

/** Points of the picture at which it is forecast how far it will have come. */
const forecastsMax = 12

export interface GoalPoint {
  readonly place: number
  readonly value: number | undefined
  readonly low: number | undefined
  readonly high: number | undefined
}

/** How far it has come at the end of each day of the span, then how far it will come, with the 95% range: at most a dozen days to come. */
export function drawGoal({ series, goal: asked, options }: GoalTest): readonly GoalPoint[] {
  const goal = buildGoal(series, asked)
  if (!goal) return []
  const { length } = series.values
  const days = daysBetween(asked.from, asked.to)
  const came = Array.from({ length: length - goal.start }, (_, at): GoalPoint => {
    const value = sumUp(series, goal.start, goal.start + at + 1)
    const edge = goal.start + at === length - 1 ? value : undefined
    return { place: at, value, low: edge, high: edge }
  })
  const left = days - came.length
  const step = Math.ceil(left / forecastsMax)
  const ends = Array.from({ length: Math.ceil(left / step) }, (_, at) => days - at * step).reverse()
  const coming = ends.flatMap((periods): readonly GoalPoint[] => {
    const verdict = pace.detect({ ...goal, periods }, pace.options.parse(options))
    if (verdict.status === 'untestable') return []
    const { projected_low: low, projected_high: high } = verdict.details
    return [{ place: periods - 1, value: undefined, low: Number(low), high: Number(high) }]
  })
  return [...came, ...coming]
}
