import { z } from 'zod'
import { criticalT } from '../stats/critical-t.ts'
import { createRandom } from '../stats/random.ts'
import { studentT } from '../stats/student-t.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { type Blocks, blocksMin, cutBlocks, findBlockObstacle, measureCarry } from './series/cut-blocks.ts'
import type { Breakdown } from './shapes.ts'

const draws = 1999
/** The tail beyond so many of the largest draws is taken from Student's. */
const tailDraws = 30
const slicesMin = 3

const options = z.object({
  top: z.int().min(0).max(100).default(0).describe('How many of the largest slices; 0 takes a fifth of them.'),
  recent: z.int().min(0).max(400).default(0).describe('How many of the last periods are compared; 0 takes a quarter.'),
})
type Options = z.infer<typeof options>

/** Boxes that a comparison writes into, so that nothing is allocated while blocks are shuffled. */
interface Scratch {
  readonly totals: Float64Array
  readonly sorted: Float64Array
  readonly shares: Float64Array
}

/** Share of the largest `top` slices in the blocks at `order[from..to)`. The slices are ranked anew. */
function measureShare(
  { sums }: Blocks,
  order: Int32Array,
  from: number,
  to: number,
  top: number,
  scratch: Scratch,
): number {
  const { totals, sorted } = scratch
  let total = 0
  for (let k = 0; k < sums.length; k++) {
    let sum = 0
    for (let at = from; at < to; at++) sum += sums[k]![order[at]!]!
    totals[k] = sum
    total += sum
  }
  sorted.set(totals)
  sorted.sort()
  let largest = 0
  for (let k = 0; k < top; k++) largest += sorted[sorted.length - 1 - k]!
  return total > 0 ? largest / total : 0
}

const logOdds = (share: number): number => {
  const inside = Math.min(1 - 1e-9, Math.max(1e-9, share))
  return Math.log(inside / (1 - inside))
}

/** Log-odds of the recent share of the largest minus those of the earlier one, for blocks in some order. */
function compare(blocks: Blocks, order: Int32Array, top: number, scratch: Scratch): number {
  const border = blocks.count - blocks.recent
  scratch.shares[0] = measureShare(blocks, order, 0, border, top, scratch)
  scratch.shares[1] = measureShare(blocks, order, border, blocks.count, top, scratch)
  return logOdds(scratch.shares[1]!) - logOdds(scratch.shares[0]!)
}

/** How much neighbouring blocks are alike: residuals of each block's share of its part's largest. */
function measureMemory(blocks: Blocks, order: Int32Array, top: number, scratch: Scratch): number {
  const residual = new Float64Array(blocks.count)
  const border = blocks.count - blocks.recent
  for (const [from, to] of [
    [0, border],
    [border, blocks.count],
  ] as const) {
    const share = measureShare(blocks, order, from, to, top, scratch)
    const ranked = Array.from(scratch.totals, (_, k) => k).sort((a, b) => scratch.totals[b]! - scratch.totals[a]!)
    for (let block = from; block < to; block++) {
      let [largest, total] = [0, 0]
      ranked.forEach((k, rank) => {
        total += blocks.sums[k]![block]!
        if (rank < top) largest += blocks.sums[k]![block]!
      })
      residual[block] = total > 0 ? largest / total - share : 0
    }
  }
  return measureCarry(residual)
}

/** Two-sided p-value of a distance among the sorted distances of the draws; beyond the last of them by Student's tail. */
function judgeDistance(distance: number, drawn: Float64Array, freedom: number, spread: number): number {
  let above = 0
  for (let k = drawn.length - 1; k >= 0 && drawn[k]! >= distance; k--) above++
  if (above >= tailDraws) return (above + 1) / (drawn.length + 1)
  const edge = drawn[drawn.length - tailDraws]!
  const tail = studentT.upperTail(distance / spread, freedom) / studentT.upperTail(edge / spread, freedom)
  return Math.max((tailDraws / (drawn.length + 1)) * Math.min(1, tail), 1e-300)
}

/**
 * How far the share of the largest moves when the blocks are dealt anew, from the middle of all draws: the distances sorted, that middle, and
 * their root mean square. In log-odds.
 */
function drawDistances(blocks: Blocks, order: Int32Array, top: number, scratch: Scratch) {
  const random = createRandom(20_260_101)
  const distances = new Float64Array(draws)
  const shuffled = order.slice()
  for (let draw = 0; draw < draws; draw++) distances[draw] = compare(blocks, random.shuffle(shuffled), top, scratch)
  const center = distances.reduce((sum, x) => sum + x, 0) / draws
  let square = 0
  for (let draw = 0; draw < draws; draw++) {
    distances[draw] = Math.abs(distances[draw]! - center)
    square += distances[draw]! ** 2
  }
  return { distances: distances.sort(), center, spread: Math.max(Math.sqrt(square / draws), 1e-12) }
}

function detect(breakdown: Breakdown, { top: asked, recent }: Options): Verdict<'breakdown'> {
  const { kind } = breakdown.slices[0]?.series ?? {}
  if (kind === 'ratio' || kind === 'mean')
    return { status: 'untestable', reason: `slices of a ${kind} are no shares of a whole` }
  const obstacle = findBlockObstacle('concentration', breakdown)
  if (obstacle) return { status: 'untestable', reason: obstacle }
  const blocks = cutBlocks(breakdown, recent)
  const filled = blocks.sums.filter((sums) => sums.some((x) => x > 0)).length
  if (filled < slicesMin)
    return { status: 'untestable', reason: `${filled} slices have values; concentration needs ${slicesMin}` }
  if (blocks.sums.some((sums) => sums.some((x) => x < 0)))
    return { status: 'untestable', reason: 'some values are negative: they are no shares of a whole' }
  const top = Math.min(filled - 1, asked > 0 ? asked : Math.max(1, Math.round(filled / 5)))
  const empty = () => new Float64Array(blocks.sums.length)
  const scratch: Scratch = { totals: empty(), sorted: empty(), shares: new Float64Array(2) }
  const order = Int32Array.from({ length: blocks.count }, (_, block) => block)
  const carry = measureMemory(blocks, order, top, scratch)
  const told = compare(blocks, order, top, scratch)
  const [earlier = 0, later = 0] = scratch.shares
  const { distances, center, spread } = drawDistances(blocks, order, top, scratch)
  const change = told - center
  const freedom = blocks.count - 2
  const pValue = judgeDistance(Math.abs(change) / Math.sqrt(carry), distances, freedom, spread)
  const error = criticalT(freedom) * spread * Math.sqrt(carry)
  const tell = (x: number) => {
    const odds = (earlier / (1 - earlier)) * Math.exp(x)
    return odds / (1 + odds)
  }
  const direction = change >= 0 ? 'up' : 'down'
  return {
    status: 'tested',
    pValue,
    direction,
    observed: later,
    expected: tell(center),
    low: tell(center - error),
    high: tell(center + error),
    change: later / tell(center) - 1,
    effect: {
      measure: 'odds ratio of the share of the largest',
      value: Math.exp(change),
      low: Math.exp(change - error),
      high: Math.exp(change + error),
    },
    sentence: {
      verb: direction === 'up' ? 'is held by fewer' : 'spread to more',
      subject: top === 1 ? 'the largest slice' : `the ${top} largest slices`,
      comparedWith: 'the share of the largest in the periods before, and how it has moved among them',
    },
    details: {
      top,
      share_earlier: earlier,
      share_recent: later,
      recent_periods: blocks.recent * blocks.length,
      since: breakdown.slices[0]!.series.at[blocks.from] ?? '',
      blocks: blocks.count,
      carry,
      draws,
    },
  }
}

/** Did the share of the largest change? */
export const concentration = defineDetector({
  name: 'concentration',
  shape: 'breakdown',
  question: 'Do the largest slices hold another share of the whole than they did before?',
  method:
    "The share of the largest slices (ranked anew in each part) in the recent periods against the earlier ones, as a ratio of odds. Periods are added up in blocks of whole seasons, and the blocks are dealt anew 1,999 times: how far the share of as many blocks moves by chance, the larger share that few periods show by themselves included. Neighbouring blocks that are alike widen that (long-run variance); beyond the largest draws the tail is Student's (as Knijnenburg et al. 2009 do with a Pareto tail). Give it a count or sum broken down by customer, product, channel over at least twelve seasons, all slices or the largest with the rest as one.",
  assumes: [
    'Blocks may be exchanged where nothing changed: shares do not drift all the time.',
    'The slices together are the whole.',
  ],
  misleads: [
    'A slow drift over the whole time is told as a change: it is one, but not a recent one.',
    'A single huge order in the recent part is a concentration, and gone the next month.',
    'Another set of largest slices with the same share is no change here: look at `rank_change`.',
  ],
  minimum: blocksMin.all,
  minimumOf: 'seasons (weeks of days, otherwise periods), and three slices',
  options,
  detect,
})
