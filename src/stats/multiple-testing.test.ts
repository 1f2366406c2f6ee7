import { expect, test } from 'vitest'
import { type PastBatch, testBatch } from './batch-benjamini-hochberg.ts'
import { adjustPValues } from './benjamini-hochberg.ts'
import { adjustUnderDependence } from './benjamini-yekutieli.ts'
import { adjustByHolm } from './holm.ts'
import { findNextLevel } from './lord.ts'
import { normal } from './normal.ts'
import { createRandom } from './random.ts'
import { selectFamilies } from './select-families.ts'

/** Fifteen comparisons of two treatments after a heart attack (Benjamini and Hochberg 1995, section 3.2). */
const thrombolysis = Float64Array.of(
  0.0001,
  0.0004,
  0.0019,
  0.0095,
  0.0201,
  0.0278,
  0.0298,
  0.0344,
  0.0459,
  0.324,
  0.4262,
  0.5719,
  0.6528,
  0.759,
  1,
)
/** The stream of the examples of the R package onlineFDR. */
const stream = Float64Array.of(
  2.9e-8,
  0.06743,
  0.01514,
  0.08174,
  0.00171,
  3.6e-5,
  0.79149,
  0.27201,
  0.28295,
  7.59e-8,
  0.69274,
  0.30443,
  0.00136,
  0.72342,
  0.54757,
)
const count = (adjusted: Float64Array, rate: number) => adjusted.filter((p) => p <= rate).length

test('the example of Benjamini and Hochberg', () => {
  // the paper: four discoveries at 0.05, three by Bonferroni's rule and by Hochberg's
  expect(count(adjustPValues(thrombolysis), 0.05)).toBe(4)
  expect(count(adjustByHolm(thrombolysis), 0.05)).toBe(3)
  // p.adjust(p, "holm")[4] = 12 · 0.0095
  expect(adjustByHolm(thrombolysis)[3]).toBeCloseTo(0.114, 12)
  // p.adjust(p, "BY")[1:4] = (1 + 1/2 + … + 1/15) · 15 · p / rank
  const dependent = adjustUnderDependence(thrombolysis)
  expect([...dependent.subarray(0, 4)].map((q) => q.toFixed(6))).toEqual([
    '0.004977',
    '0.009955',
    '0.031523',
    '0.118212',
  ])
  expect(dependent[14]).toBe(1)
  expect(adjustUnderDependence(new Float64Array(0))).toHaveLength(0)
})

test("Holm's p-values never fall behind a smaller one", () => {
  // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
  expect([...adjustByHolm(Float64Array.of(0.01, 0.04, 0.03, 0.005))].map((p) => Number(p.toFixed(6)))).toEqual([
    0.03, 0.06, 0.06, 0.02,
  ])
})

test('batches, as onlineFDR prints them', () => {
  // BatchBH(sample.df) with batches of 5, 6 and 4
  const past: PastBatch[] = []
  const found: number[] = []
  for (const [from, to] of [
    [0, 5],
    [5, 11],
    [11, 15],
  ] as const) {
    const batch = testBatch(stream.subarray(from, to), past, 0.05)
    found.push(...batch.found.map((at) => from + at))
    past.push(batch)
  }
  expect(past.map(({ level }) => level.toFixed(9))).toEqual(['0.021874508', '0.009621196', '0.025012888'])
  expect(found).toEqual([0, 4, 5, 9, 12])
})

test('a stream, as onlineFDR prints it', () => {
  // LORD(sample.df, random = FALSE)
  const levels = [
    0.0002675839, 0.0024664457, 0.0005732818, 0.0004872805, 0.0004059066, 0.0003447286, 0.0029745013, 0.0008450114,
    0.0007305648, 0.0006243143, 0.0032185913, 0.0010617227, 0.0009256825, 0.0008019657, 0.000705961,
  ]
  const discoveries: number[] = []
  stream.forEach((p, tests) => {
    const level = findNextLevel({ tests, discoveries }, 0.05)
    expect(Math.abs(level - levels[tests]!)).toBeLessThan(1e-9)
    if (p <= level) discoveries.push(tests + 1)
  })
  expect(discoveries).toEqual([1, 6, 10])
})

test('families are selected first, tests within them at the share selected', () => {
  const families = [[0.001, 0.2, 0.6], [0.02, 0.9], [0.5, 0.04, 0.7, 0.9], [0.0004]].map((family) =>
    Float64Array.from(family),
  )
  const { selected, pValues, rateWithin, qValues } = selectFamilies([...families, new Float64Array(0)], 0.1)
  // Simes: 3 · 0.001, 2 · 0.02, 4 · 0.04, 0.0004; of five families the first, second and last hold up at 0.1
  expect([...pValues].map((p) => Number(p.toFixed(6)))).toEqual([0.003, 0.04, 0.16, 0.0004, 1])
  expect(selected).toEqual([0, 1, 3])
  expect(rateWithin).toBeCloseTo(0.06, 12)
  expect(selected.map((at) => count(qValues[at]!, rateWithin))).toEqual([1, 1, 1])
})

/** p-values of one-sided tests, of which a share tells of something. */
function draw(length: number, share: number, random: ReturnType<typeof createRandom>) {
  const isTrue = Array.from({ length }, () => random.uniform() < share)
  return { isTrue, pValues: Float64Array.from(isTrue, (is) => normal.upperTail(random.normal() + (is ? 3 : 0))) }
}
const falseShare = (found: readonly number[], isTrue: readonly boolean[]) =>
  found.filter((at) => !isTrue[at]).length / Math.max(1, found.length)

test('over many batches the share of false discoveries is at most the promised one', () => {
  const random = createRandom(11)
  let sum = 0
  for (let round = 0; round < 300; round++) {
    const past: PastBatch[] = []
    const [called, truth]: [number[], boolean[]] = [[], []]
    for (let batch = 0; batch < 20; batch++) {
      const { isTrue, pValues } = draw(50, 0.1, random)
      const tested = testBatch(pValues, past, 0.1)
      called.push(...tested.found.map((at) => truth.length + at))
      truth.push(...isTrue)
      past.push(tested)
    }
    sum += falseShare(called, truth)
  }
  expect(sum / 300).toBeLessThan(0.1)
  expect(sum / 300).toBeGreaterThan(0.02)
})

test('within selected families the average share of false discoveries is at most the promised one', () => {
  const random = createRandom(12)
  let sum = 0
  for (let round = 0; round < 300; round++) {
    const drawn = Array.from({ length: 20 }, (_, family) => draw(30, family < 4 ? 0.3 : 0, random))
    const { selected, qValues, rateWithin } = selectFamilies(
      drawn.map(({ pValues }) => pValues),
      0.1,
    )
    const shares = selected.map((family) => {
      const found = Array.from(qValues[family]!.keys()).filter((at) => qValues[family]![at]! <= rateWithin)
      return falseShare(found, drawn[family]!.isTrue)
    })
    sum += shares.reduce((total, share) => total + share, 0) / Math.max(1, shares.length)
  }
  expect(sum / 300).toBeLessThan(0.1)
  expect(sum / 300).toBeGreaterThan(0.005)
})

test('a batch without tests leaves everything as it is', () => {
  const first = testBatch(stream.subarray(0, 5), [], 0.05)
  expect(testBatch(new Float64Array(0), [first], 0.05)).toMatchObject({ level: 0, discoveries: 0, found: [] })
})
