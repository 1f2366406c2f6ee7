import { createSortedWindow } from './sorted-window.ts'

/** Points a block. */
export const blockLength = 32
/** The most blocks that are remembered. */
const blocksMax = 512
/** The share of the largest blocks from which the tail is learnt. */
const tailShare = 0.25
/** What is believed of a tail before any is seen: as much as this many excesses say, with this mean logarithm (that of Student's t with 4 degrees of freedom). */
const priorCount = 4
const priorLog = 0.25

/** The tail of what is remembered: the `count` blocks from `from` on, and the mean logarithm of their excess. */
interface Tail {
  readonly from: number
  readonly count: number
  readonly meanLog: number
}

/**
 * How likely each surprise is in a stretch of `blockLength` points in which nothing happens: the share of earlier blocks whose largest
 * surprise was as large. Largest of blocks and not single points, so that surprises that come in runs (of a slow mean) are
 * comparable with those that come alone. Beyond a quarter of the blocks the tail is a power law (Hill 1975) that leans on a prior
 * while blocks are few. Blocks are counted `from` a point on; the chance is 1 while fewer than `blocksMin` are known. Costs a logarithm
 * a point; forgets after `blocksMax` blocks.
 */
export function judgeBlocks(surprise: Float64Array, from: number, blocksMin: number): Float64Array {
  const chance = new Float64Array(surprise.length).fill(1)
  const blocks = createSortedWindow(blocksMax)
  let [largest, length] = [0, 0]
  let tail: Tail = { from: 0, count: 0, meanLog: priorLog }
  for (let at = from; at < surprise.length; at++) {
    const value = surprise[at]!
    const known = blocks.count()
    if (known >= blocksMin)
      chance[at] =
        value > tail.from && tail.count > 0
          ? (tail.count / (known + 1)) * (value / tail.from) ** (-1 / tail.meanLog)
          : Math.min(1, (blocks.countAtLeast(value) + 0.5) / (known + 0.5))
    largest = Math.max(largest, value)
    if (++length < blockLength) continue
    blocks.add(largest)
    tail = fitTail(blocks.count(), blocks.pick)
    largest = 0
    length = 0
  }
  return chance
}

function fitTail(known: number, pick: (k: number) => number): Tail {
  let first = known - Math.max(2, Math.ceil(tailShare * known))
  // where nothing moved there is no tail
  while (first < known && !(pick(Math.max(0, first)) > 0)) first++
  first = Math.max(0, first)
  const count = known - first
  const from = pick(first)
  let sum = priorCount * priorLog
  for (let k = first; k < known; k++) sum += Math.log(pick(k) / from)
  return { from, count, meanLog: sum / (count + priorCount - 1) }
}
