import type { PointScores } from '../series/point-scores.ts'
import { forecastStream } from './forecast-stream.ts'
import { blockLength, judgeBlocks } from './judge-blocks.ts'
import { judgeErrors } from './judge-errors.ts'
import { measureNovelty } from './measure-novelty.ts'
import { measureShift } from './measure-shift.ts'
import { tellAlarms } from './tell-alarms.ts'

/** Blocks that must be known before anything is unusual. */
const blocksMin = 3
/** How far back, in points, a similar stretch is looked for, and how many similar ones make it usual. */
const reach = 1000
const nearest = 5
/** Cycles that are looked back, points that a cycle may be off, and the length of what is compared: short, so that one point off is seen. */
const cyclesBack = 7
const cycleSlack = 2
const cycleStretch = 4
/** Points of the recent mean, of the slow one, and of the level of a stream. */
const recentPoints = 16
const slowPoints = 300
const levelPoints = 2000

/**
 * Judges a stream point by point from earlier points alone, at a bounded memory and a constant cost a point.
 *
 * `expected`, `low`, `high` and `pValue` say how each point compares with its forecast. `score` says when to alarm somebody: ½ or more is the
 * start of an episode. It has the measure of surprise that is least likely: the stretch is unlike all before; the recent mean left the slow one;
 * the point left the level; and, for each of `cycles` (points a day, a week), the stretch is unlike those at its place. Each is judged by its own
 * past, and alarms in at most one in a hundred stretches of 32 calm points. Why these: decision 19. Takes about 130 points to begin, cycles
 * three of theirs, and tells what was never seen: a first night, a first weekend.
 */
export function scoreStream(values: Float64Array, cycles: readonly number[]): PointScores {
  const filled = fillGaps(values, cycles)
  const forecast = forecastStream(filled, cycles)
  const novelty = measureNovelty(filled, { lags: listLags(blockLength, reach), memory: blockLength, nearest })
  const chances = [
    judgeBlocks(novelty, 2 * blockLength, blocksMin),
    judgeBlocks(measureShift(filled, recentPoints, slowPoints), blockLength, blocksMin),
    judgeBlocks(measureShift(filled, 1, levelPoints), blockLength, blocksMin),
    ...cycles.map((cycle) => {
      const surprise = measureNovelty(filled, { lags: listCycleLags(cycle), memory: cycleStretch, nearest: 1 })
      // one cycle is no pattern yet, and what is judged by must cover another
      return judgeBlocks(surprise, 2 * cycle + blockLength, Math.max(blocksMin, Math.ceil(cycle / blockLength)))
    }),
  ]
  const least = new Float64Array(values.length).fill(1)
  for (const chance of chances) for (let at = 0; at < least.length; at++) least[at] = Math.min(least[at]!, chance[at]!)
  const score = tellAlarms(least, (at) => !Number.isFinite(values[at]))
  return { expected: forecast.expected, ...judgeErrors(values, forecast), score }
}

const listLags = (from: number, to: number) => Int32Array.from({ length: to - from + 1 }, (_, k) => from + k)

/** One, two and more cycles earlier, and a little before and after. */
function listCycleLags(cycle: number): Int32Array {
  const lags = new Set<number>()
  for (let back = 1; back <= cyclesBack; back++)
    for (let off = -cycleSlack; off <= cycleSlack; off++) if (back * cycle + off > 0) lags.add(back * cycle + off)
  return Int32Array.from(lags).sort()
}

/** Missing values repeat the one a cycle ago, the longest that was seen, or the one before, so that they surprise nobody. */
function fillGaps(values: Float64Array, cycles: readonly number[]): Float64Array {
  const filled = values.slice()
  const first = filled.find(Number.isFinite) ?? 0
  for (let at = 0; at < filled.length; at++)
    if (!Number.isFinite(filled[at])) {
      const cycle = cycles.findLast((one) => one <= at) ?? 1
      filled[at] = filled[at - cycle] ?? first
    }
  return filled
}
