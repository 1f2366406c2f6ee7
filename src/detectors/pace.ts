import { z } from 'zod'
import { straighten } from '../stats/straighten.ts'
import { studentT } from '../stats/student-t.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { analyseChanges } from './series/analyse-changes.ts'
import { backTest } from './series/back-test.ts'
import { findQuantile } from './series/find-quantile.ts'
import { forecastTotal } from './series/forecast-total.ts'
import { findObstacle } from './series/judge-testable.ts'
import { seasonOption } from './series/season-option.ts'
import type { Goal, Series } from './shapes.ts'

const minimum = 28

const options = z.object({
  season: seasonOption,
})
type Options = z.infer<typeof options>

/** What came of the span, and the periods that are still to come. */
interface Standing {
  /** Sum of the periods that came (for shares and means: of their rows times their value). */
  readonly soFar: number
  readonly rowsSoFar: number
  readonly coming: Int32Array
  /** Rows of a period to come; 1 for counts and sums. */
  readonly rows: number
}

const isWeighted = ({ kind }: Series): boolean => kind === 'ratio' || kind === 'mean'
/** Periods from which the rows of those to come are taken. */
const rowsFrom = 28

function readStanding({ series, start, periods }: Goal): Standing {
  const { values, weights } = series
  const rowsAt = (at: number) => (isWeighted(series) ? (weights?.[at] ?? 1) : 1)
  let [soFar, rowsSoFar] = [0, 0]
  const coming: number[] = []
  for (let at = start; at < start + periods; at++) {
    if (at >= values.length) coming.push(at)
    else if (Number.isFinite(values[at])) {
      soFar += rowsAt(at) * values[at]!
      rowsSoFar += rowsAt(at)
    } else if (!isWeighted(series)) coming.push(at)
  }
  let [rows, seen] = [0, 0]
  for (let at = Math.max(0, values.length - rowsFrom); at < values.length; at++) {
    if (!Number.isFinite(rowsAt(at))) continue
    rows += rowsAt(at)
    seen++
  }
  return { soFar, rowsSoFar, coming: Int32Array.from(coming), rows: rows / Math.max(1, seen) }
}

/** Counting noise hides part of the memory, the more of it there is: totals of simulated lives varied up to so much more. */
const hiddenShare = 0.4
const hiddenMax = 1.1

/** Why the goal cannot be judged, or nothing. */
function findNoGoal({ series, periods, start, target }: Goal, { coming, soFar }: Standing): string | undefined {
  if (!(periods > 0) || start < 0) return 'the span of the goal has no periods'
  if (coming.length === 0) return `the span of the goal is over: ${soFar} came, the goal was ${target}`
  if (coming.at(-1)! - series.values.length >= series.values.length)
    return `has ${series.values.length} points and would be carried ${coming.at(-1)! + 1 - series.values.length} further; pace carries a series at most as far as it is long`
  return undefined
}

function detect(goal: Goal, { season }: Options): Verdict<'goal'> {
  const { series, target, goodDirection } = goal
  const standing = readStanding(goal)
  const search = analyseChanges(series, season)
  const obstacle = findObstacle('pace', search.sample, minimum) ?? findNoGoal(goal, standing)
  if (obstacle || search.status === 'untestable')
    return { status: 'untestable', reason: obstacle ?? 'all values are equal' }
  const { sample, baseline, noise } = search
  const { soFar, rowsSoFar, coming, rows } = standing
  const weights = new Float64Array(coming.length).fill(rows)
  const forecast = forecastTotal(sample, baseline, noise, coming, weights, rows)
  const { origins, coverage, widening } = backTest(series, season, coming.length)
  // shares and means are told as the mean over the span
  const unit = isWeighted(series) ? rowsSoFar + rows * coming.length : 1
  const projected = (soFar + forecast.total) / unit
  const caution = Math.min(hiddenMax, 1 + hiddenShare * Math.max(0, noise.memory))
  const deviation = (forecast.deviation * widening * caution) / unit
  const score = straighten((target - projected) / deviation, forecast.skewness)
  const above = studentT.upperTail(score, noise.freedom)
  const reach = (share: number) => projected + deviation * findQuantile(share, noise.freedom, forecast.skewness)
  const [low, high] = [reach(0.025), reach(0.975)]
  const isAhead = projected >= target
  const isGood = isAhead === (goodDirection === 'up')
  const ratio = target > 0
  return {
    status: 'tested',
    pValue: Math.min(1, Math.max(1e-300, 2 * Math.min(above, studentT.upperTail(-score, noise.freedom)))),
    direction: isAhead ? 'up' : 'down',
    observed: projected,
    expected: target,
    low: target - (projected - low),
    high: target + (high - projected),
    change: target === 0 ? Number.NaN : projected / target - 1,
    effect: ratio
      ? { measure: 'ratio to the goal', value: projected / target, low: low / target, high: high / target }
      : { measure: 'difference from the goal', value: projected - target, low: low - target, high: high - target },
    sentence: {
      verb: isGood ? 'is on its way to reach its goal' : 'is on its way to miss its goal',
      comparedWith: 'its season, growth and level carried on to the end of the span',
    },
    details: {
      chance_of_reaching: goodDirection === 'up' ? above : 1 - above,
      so_far: isWeighted(series) ? soFar / Math.max(rowsSoFar, 1e-300) : soFar,
      projected,
      projected_low: low,
      projected_high: high,
      periods_to_come: coming.length,
      back_tests: origins,
      back_test_coverage: coverage,
      widened_by: widening,
      season: sample.season,
      memory: noise.memory,
      scale: sample.link,
    },
  }
}

/** Will the goal be reached? */
export const pace = defineDetector({
  name: 'pace',
  shape: 'goal',
  question: 'Carried on as it goes, does the metric reach its goal at the end of the span?',
  method:
    'Season, growth and shifts that last are carried on to the end of the span and added to what came. The error of that total is computed, not simulated: noise with its memory from the last residual on (AR(1)), and what is not known of season, growth and level (delta method); skewed as the noise is, Student t tails. The same forecast is made from up to eight earlier ends of the history and compared with what came; where it was off by more than it said, the interval is widened by as much. The p-value is two-sided: the chance that a metric which is going to meet its goal exactly looks so far from it now. Give it one row a day: `goal`, `period` (week, month, quarter, year) and, for what is to stay below, `good = "down"` are written behind `with`.',
  assumes: [
    'What lasts goes on: growth stays as steep as it is, no new shift, no season longer than the history shows.',
    'Shares and means: as many rows stand behind a period to come as behind the last four weeks.',
  ],
  misleads: [
    'A short history that grew fast is carried on fast: look at the width of the range.',
    'A season of the year that the history has not seen twice (December) is not known.',
  ],
  minimum,
  options,
  detect,
})
