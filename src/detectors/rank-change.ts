import { z } from 'zod'
import { criticalT } from '../stats/critical-t.ts'
import { studentT } from '../stats/student-t.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { type Blocks, blocksMin, cutBlocks, findBlockObstacle, measureCarry } from './series/cut-blocks.ts'
import type { Breakdown } from './shapes.ts'

const options = z.object({
  recent: z.int().min(0).max(400).default(0).describe('How many of the last periods are compared; 0 takes a quarter.'),
})
type Options = z.infer<typeof options>

/** A slice's value over the blocks [from, to): total a period, or its ratio or mean. */
function measureLevel({ sums, rows }: Blocks, slice: number, from: number, to: number): number {
  let [sum, count] = [0, 0]
  for (let block = from; block < to; block++) {
    sum += sums[slice]![block]!
    count += rows[slice]![block]!
  }
  return count > 0 ? sum / count : Number.NEGATIVE_INFINITY
}

function findFirst(blocks: Blocks, from: number, to: number): number {
  const levels = blocks.sums.map((_, slice) => measureLevel(blocks, slice, from, to))
  return levels.reduce((first, level, slice) => (level > levels[first]! ? slice : first), 0)
}

/** How far one slice is ahead of the other in a block, relative to both: −1..1 for what is never negative. */
function measureLead({ sums, rows }: Blocks, slice: number, other: number, block: number): number {
  const [own, its] = [sums[slice]![block]! / rows[slice]![block]!, sums[other]![block]! / rows[other]![block]!]
  const size = Math.abs(own) + Math.abs(its)
  return size > 0 && Number.isFinite(size) ? (own - its) / size : 0
}

interface Overtaking {
  readonly before: number
  readonly after: number
  readonly errorBefore: number
  readonly errorAfter: number
  readonly freedom: number
}

/** Mean lead in both parts with its standard error; the blocks' variance is that around both means, widened by their memory. */
function measureOvertaking(blocks: Blocks, slice: number, other: number): Overtaking {
  const border = blocks.count - blocks.recent
  const lead = Float64Array.from({ length: blocks.count }, (_, block) => measureLead(blocks, slice, other, block))
  const mean = (part: Float64Array) => part.reduce((sum, x) => sum + x, 0) / part.length
  const [before, after] = [mean(lead.subarray(0, border)), mean(lead.subarray(border))]
  const residual = lead.map((x, block) => x - (block < border ? before : after))
  const square = (part: Float64Array) => part.reduce((sum, x) => sum + x * x, 0)
  const freedom = blocks.count - 2
  const carry = measureCarry(residual)
  const pooled = square(residual) / freedom
  // a part that is noisier than both together is judged by its own noise
  const own = (part: Float64Array) => Math.max(pooled, square(part) / (part.length - 1))
  return {
    before,
    after,
    errorBefore: Math.sqrt((carry * own(residual.subarray(0, border))) / border),
    errorAfter: Math.sqrt((carry * own(residual.subarray(border))) / blocks.recent),
    freedom: Math.max(2, freedom / carry),
  }
}

function detect(breakdown: Breakdown, { recent }: Options): Verdict<'breakdown'> {
  const obstacle = findBlockObstacle('rank_change', breakdown)
  if (obstacle) return { status: 'untestable', reason: obstacle }
  const blocks = cutBlocks(breakdown, recent)
  if (blocks.sums.every((sums) => sums.every((x) => x === 0)))
    return { status: 'untestable', reason: 'all values are 0' }
  const { slices } = breakdown
  const border = blocks.count - blocks.recent
  const first = findFirst(blocks, 0, border)
  const now = findFirst(blocks, border, blocks.count)
  const level = (slice: number) => measureLevel(blocks, slice, border, blocks.count)
  const runnerUp = slices.reduce((best, _, k) => (k !== first && (best < 0 || level(k) > level(best)) ? k : best), -1)
  const challenger = now === first ? runnerUp : now
  const { before, after, errorBefore, errorAfter, freedom } = measureOvertaking(blocks, challenger, first)
  const wasBehind = studentT.upperTail(-before / Math.max(errorBefore, 1e-12), freedom)
  const isAhead = studentT.upperTail(after / Math.max(errorAfter, 1e-12), freedom)
  const pValue = now === first ? 1 : Math.min(1, Math.max(1e-300, (slices.length - 1) * Math.max(wasBehind, isAhead)))
  const [observed, expected] = [level(challenger), level(first)]
  const width = criticalT(freedom) * errorAfter
  const ratio = (lead: number) => Math.max(0, (1 + Math.min(0.999, lead)) / (1 - Math.min(0.999, Math.max(-1, lead))))
  return {
    status: 'tested',
    pValue,
    direction: after >= before ? 'up' : 'down',
    observed,
    expected,
    low: expected * ratio(-width),
    high: expected * ratio(width),
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: {
      measure: 'ratio to the former first',
      value: ratio(after),
      low: ratio(after - width),
      high: ratio(after + width),
    },
    sentence: {
      verb: now === first ? 'is not first' : 'became the first',
      subject: slices[challenger]!.label,
      comparedWith: `${slices[first]!.label}, which was first before`,
    },
    details: {
      first_before: slices[first]!.label,
      first_now: slices[now]!.label,
      lead_before: before,
      lead_now: after,
      p_was_behind: wasBehind,
      p_is_ahead: isAhead,
      recent_periods: blocks.recent * blocks.length,
      since: slices[0]!.series.at[blocks.from] ?? '',
    },
  }
}

/** Is there a new number one? */
export const rankChange = defineDetector({
  name: 'rank_change',
  shape: 'breakdown',
  question: 'Is another slice first now than before, and is that more than a tie that fell the other way?',
  method:
    "The slice that is first in the recent periods against the one that was first before. Both must hold: it was behind before, and it is ahead now, each by a t test of its lead in blocks of whole seasons (the larger p-value counts: an intersection-union test, Berger 1982), so that two slices that are level and take turns are none. Variance is that of the blocks around both parts' means, widened by their memory; corrected for the other slices that could have become first (Bonferroni). A t test of blocks in place of a bootstrap: with three to six recent blocks resampling knows too few values. Give it any metric broken down by one field over at least twelve seasons.",
  assumes: ['The lead of one slice over the other does not drift inside either part.'],
  misleads: [
    'The new first may have overtaken long before the recent part began, or only in its last days.',
    'A first slice that stays first with half its lead is no change here: look at `divergence`.',
    'Slices of very different meaning (a country and `other`) have no order.',
  ],
  minimum: blocksMin.all,
  minimumOf: 'seasons (weeks of days, otherwise periods), and two slices',
  options,
  detect,
})
