import type { PointScores } from '../point-scores.ts'
import { forecastStream } from './forecast-stream.ts'
import { blockLength, judgeBlocks } from './judge-blocks.ts'
import { judgeErrors } from './judge-errors.ts'
import { measureNovelty } from './measure-novelty.ts'
import { measureShift } from './measure-shift.ts'
import { tellAlarms } from './tell-alarms.ts'

/** How far back, in points, a similar stretch is looked for, and how many similar ones make it usual. */
const reach = 1000
const nearest = 5
/** Cycles that are looked back, points that a cycle may be off, and the length of what is compared: short, so that one point off is seen. */
const cyclesMax = 14
const cycleSlack = 2
const cycleStretch = 4
/** Points of the recent mean, of the slow one, and of the level of a stream. */
const recentPoints = 16
const slowPoints = 300
const levelPoints = 2000

/**
 * Judges a stream point by point from earlier points alone, at a bounded memory and a constant cost a point.
 *
 * `expected`, `low`, `high` and `pValue` say how each point compares with its forecast. `score` says when to alarm somebody: ½ or more
 * is the start of an episode that at most one in twenty-five stretches of 32 calm points have, by any of four measures of surprise (the stretch
 * is unlike all before; unlike those at the same place of earlier cycles; the recent mean left the slow one; the point left the level),
 * each judged by its own past and paid for by Bonferroni. Why these: decision 19. `cycle` is points a day or week,
 * 1 without one. Takes about 130 points to begin, and alarms of what was never seen: a first holiday, a first night.
 */
export function scoreStream(values: Float64Array, cycle: number): PointScores {
  const filled = fillGaps(values, cycle)
  const forecast = forecastStream(filled, cycle)
  const surprises = [
    measureNovelty(filled, { lags: listLags(blockLength, reach), memory: blockLength, nearest }),
    measureShift(filled, recentPoints, slowPoints),
    measureShift(filled, 1, levelPoints),
  ]
  if (cycle > 1)
    surprises.push(measureNovelty(filled, { lags: listCycleLags(cycle), memory: cycleStretch, nearest: 1 }))
  const chance = new Float64Array(values.length).fill(1)
  for (const surprise of surprises) {
    const chances = judgeBlocks(surprise, blockLength)
    for (let at = 0; at < chance.length; at++)
      chance[at] = Math.min(chance[at]!, Math.min(1, surprises.length * chances[at]!))
  }
  const score = tellAlarms(chance, (at) => !Number.isFinite(values[at]))
  return { expected: forecast.expected, ...judgeErrors(values, forecast), score }
}

const listLags = (from: number, to: number) => Int32Array.from({ length: to - from + 1 }, (_, k) => from + k)

/** One, two and more cycles earlier, and a little before and after. */
function listCycleLags(cycle: number): Int32Array {
  const lags = new Set<number>()
  for (let cycles = 1; cycles <= cyclesMax; cycles++)
    for (let off = -cycleSlack; off <= cycleSlack; off++) if (cycles * cycle + off > 0) lags.add(cycles * cycle + off)
  return Int32Array.from(lags).sort()
}

/** Missing values repeat the one a cycle ago, or the one before, so that they surprise nobody. */
function fillGaps(values: Float64Array, cycle: number): Float64Array {
  const filled = values.slice()
  const first = filled.find(Number.isFinite) ?? 0
  for (let at = 0; at < filled.length; at++)
    if (!Number.isFinite(filled[at]))
      filled[at] = (cycle > 1 ? filled[at - cycle] : filled[at - 1]) ?? filled[at - 1] ?? first
  return filled
}
