import { z } from 'zod'
import { defineDetector, type Verdict } from './detector.ts'
import { analyseChanges } from './series/analyse-changes.ts'
import { type JudgedPoints, judgePoints } from './series/judge-points.ts'
import { findObstacle } from './series/judge-testable.ts'
import { seasonOption } from './series/season-option.ts'
import { tellDistance } from './series/tell-effect.ts'
import type { Series } from './shapes.ts'

const minimum = 35

const options = z.object({
  season: seasonOption,
  recent: z
    .int()
    .min(1)
    .max(400)
    .default(7)
    .describe('A record counts when it is one of so many last points (at most a fifth of all).'),
})
type Options = z.infer<typeof options>

interface Peak {
  readonly at: number
  /** Highest (or lowest) value before the last points, and where. */
  readonly before: number
  readonly isRecord: boolean
}

/** The highest value since `from` (the lowest, for sign −1) against the highest before. A tie is no record. */
function findPeak(value: Float64Array, from: number, sign: 1 | -1): Peak {
  let [at, before] = [from, 0]
  for (let k = 1; k < from; k++) if (sign * value[k]! > sign * value[before]!) before = k
  for (let k = from + 1; k < value.length; k++) if (sign * value[k]! > sign * value[at]!) at = k
  return { at, before, isRecord: sign * value[at]! > sign * value[before]! }
}

/** p-value of a record: that of its residual, paid for all points that could have been it; 1 where growth or season alone explain it. */
function judgePeak({ at, isRecord }: Peak, sign: 1 | -1, { points, weigh }: JudgedPoints): number {
  const point = points.find((one) => one.at === at)
  if (!isRecord || !point || sign * point.score <= 0) return 1
  return Math.max(1e-300, -Math.expm1(points.length * Math.log1p(-Math.min(weigh(point.score), 1 - 1e-16))))
}

function detect(series: Series, { season, recent }: Options): Verdict {
  const search = analyseChanges(series, season)
  const { sample } = search
  const obstacle = findObstacle('record', sample, minimum)
  if (obstacle || search.status === 'untestable')
    return { status: 'untestable', reason: obstacle ?? 'all values are equal' }
  const { count, value, place } = sample
  const start = count - Math.min(recent, Math.floor(count / 5))
  const judged = judgePoints(series, search, start)
  const { points, band } = judged
  const highest = findPeak(value, start, 1)
  const lowest = findPeak(value, start, -1)
  const [pHighest, pLowest] = [judgePeak(highest, 1, judged), judgePeak(lowest, -1, judged)]
  const isHighest = pHighest < pLowest || (pHighest === pLowest && (highest.isRecord || !lowest.isRecord))
  const peak = isHighest ? highest : lowest
  const from = place[peak.at]!
  const observed = value[peak.at]!
  const expected = band.expected[from]!
  const [low, high] = [band.low[from]!, band.high[from]!]
  const higher = value.filter((x) => (isHighest ? x > observed : x < observed)).length
  return {
    status: 'tested',
    pValue: Math.min(pHighest, pLowest),
    direction: isHighest ? 'up' : 'down',
    observed,
    expected,
    low,
    high,
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: tellDistance({ observed, expected, low, high }),
    sentence: {
      verb: isHighest ? 'reached its highest value' : 'fell to its lowest value',
      comparedWith: 'all its values before, its season, growth and level',
    },
    from,
    to: from + 1,
    band,
    details: {
      rank: higher + 1,
      record_before: value[peak.before]!,
      record_before_at: series.at[place[peak.before]!] ?? '',
      points: count,
      points_judged: points.length,
      chance_by_order_alone: points.length / count,
      season: sample.season,
      scale: sample.link,
    },
  }
}

/** Is it the highest or lowest ever, and more than growth? */
export const record = defineDetector({
  name: 'record',
  shape: 'series',
  question: 'Is one of the last values the highest or lowest ever, and not because everything grows?',
  method:
    'Among points that are all alike the last k hold the highest of n with chance k/n; a growing series sets records all the time. So a record counts only by what is left of it when season, growth and shifts are taken out: its p-value is that of its residual (as `outlier` judges it), paid for all points that could have been it, and 1 where the value is no record. A tie is no record.',
  assumes: [
    'Season, level and memory are those of the points before.',
    'The series is all there is: a record of what was loaded.',
  ],
  misleads: [
    'A lone spike long ago hides every record since.',
    'Records of a new level are told by `level_shift`, not here: the level is taken out.',
  ],
  minimum,
  options,
  detect,
})
