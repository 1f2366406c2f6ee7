import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { blockLength, judgeBlocks } from './judge-blocks.ts'

test('the share of blocks with a chance of at most 5% is at most 5%, whatever the tail', () => {
  const random = createRandom(2)
  const draws = [() => Math.abs(random.normal()), () => Math.abs(random.studentT(3)), () => random.exponential()]
  for (const draw of draws) {
    const chance = judgeBlocks(Float64Array.from({ length: 64_000 }, draw), 0, 3)
    let unusual = 0
    for (let from = 3200; from < chance.length; from += blockLength)
      if (Math.min(...chance.subarray(from, from + blockLength)) <= 0.05) unusual++
    // 1,900 blocks: a standard error is 0.5 points
    expect(unusual / 1900).toBeLessThan(0.065)
    expect(unusual / 1900).toBeGreaterThan(0.015)
  }
})

test('the first move of a still stream is as likely as one block among those seen', () => {
  const surprise = new Float64Array(blockLength * 40 + 1)
  surprise[surprise.length - 1] = 5
  expect(judgeBlocks(surprise, 0, 3).at(-1)).toBeCloseTo(0.5 / 40.5, 12)
})

test('beyond the largest the tail is a power law that leans on a prior', () => {
  const surprise = new Float64Array(blockLength * 4 + 1).fill(1)
  surprise[surprise.length - 1] = 16
  // two of four blocks are the tail, their excess is nought: mean logarithm 4 · 0.25 / (2 + 3), so 2/5 · 16^-5
  expect(judgeBlocks(surprise, 0, 3).at(-1)).toBeCloseTo(0.4 * 16 ** -5, 12)
})
