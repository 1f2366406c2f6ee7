import { z } from 'zod'
import { expectLeaves, type LeafModel } from './causes/expect-leaves.ts'
import { type ChangeExplanation, explainChange, nameSlice, type Slice } from './causes/explain-change.ts'
import { fitLeafNoise, varianceOf } from './causes/leaf-noise.ts'
import { listCuboids } from './causes/list-cuboids.ts'
import { testSlices } from './causes/test-slices.ts'
import { defineDetector, type Verdict } from './detector.ts'
import type { Leaves } from './shapes.ts'

const minimum = 12
/** Causes are searched for from here on; before, only the slice that departs most is told. */
const searchedFrom = 0.05

const options = z.object({
  seed: z.int().min(1).max(1_000_000).default(1).describe('Of the shuffles; the same seed gives the same p-value.'),
})
type Options = z.infer<typeof options>

function detect(leaves: Leaves, { seed }: Options): Verdict<'leaves'> {
  const count = leaves.actual.length
  if (count < minimum) return { status: 'untestable', reason: `has ${count} leaves; root_cause needs ${minimum}` }
  const model = expectLeaves(leaves)
  const cuboids = listCuboids(leaves)
  const test = testSlices(model, cuboids, seed)
  if (!test) return { status: 'untestable', reason: 'no slice has two leaves: root_cause needs fields that cross' }
  const causes = test.pValue <= searchedFrom ? explainChange(leaves).causes.filter(({ slice }) => slice.length > 0) : []
  const slice = causes[0]?.slice ?? nameSlice(leaves, { cuboids }, test)
  const { observed, expected, deviation, ratio } = measureSlice(leaves, model, slice)
  const isUp = causes[0] ? observed > expected : test.statistic > 0
  return {
    status: 'tested',
    pValue: test.pValue,
    direction: isUp ? 'up' : 'down',
    observed,
    expected,
    low: expected - 1.96 * deviation,
    high: expected + 1.96 * deviation,
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: { measure: 'ratio to expected', ...ratio },
    sentence: { verb: isUp ? 'rose' : 'fell', subject: writeSlice(slice), comparedWith: 'the other slices' },
    details: {
      statistic: test.statistic,
      slices_tried: test.tried,
      leaves: count,
      causes: causes.map(describe).join('; ') || writeSlice(slice),
    },
  }
}

const writeSlice = (slice: Slice): string => slice.map(({ field, value }) => `${field} = ${value}`).join(' and ')

const describe = ({ slice, share }: ChangeExplanation['causes'][number]): string =>
  `${writeSlice(slice)} (${Number.isFinite(share) ? `${Math.round(100 * share)}%` : 'no share'})`

/** A slice's numbers in the measure's unit, and how far off they are when nothing happens. */
function measureSlice(leaves: Leaves, model: LeafModel, slice: Slice) {
  const wanted = slice.map(({ field, value }) => {
    const place = leaves.fields.indexOf(field)
    return { codes: leaves.codes[place]!, code: leaves.labels[place]!.indexOf(value) }
  })
  const isIn = (leaf: number) => wanted.every(({ codes, code }) => codes[leaf] === code)
  const noise = fitLeafNoise(model, model.expected, 0.3)
  const sums = { actual: 0, expected: 0, variance: 0, weight: 0, modelled: 0 }
  for (let leaf = 0; leaf < model.count; leaf++) {
    if (!isIn(leaf)) continue
    sums.actual += leaves.actual[leaf]!
    sums.expected += leaves.expected[leaf]!
    sums.modelled += model.expected[leaf]!
    sums.variance += varianceOf(noise, model.expected[leaf]!)
    sums.weight += leaves.weight ? leaves.weight.actual[leaf]! : 1
  }
  const unit = leaves.weight ? sums.weight : 1
  const expected = (leaves.weight ? sums.modelled : sums.expected) / unit
  const deviation = Math.sqrt(sums.variance) / unit
  const observed = sums.actual / unit
  const value = expected === 0 ? Number.NaN : observed / expected
  const range = (1.96 * deviation) / Math.abs(expected)
  return { observed, expected, deviation, ratio: { value, low: value - range, high: value + range } }
}

/** Is there a slice that departs from the rest, and which slices explain the change? */
export const rootCause = defineDetector({
  name: 'root_cause',
  shape: 'leaves',
  question: 'Which slices, of one field or several, moved by themselves and explain the change of the whole?',
  method:
    'Two steps. The test asks whether any slice departs from the common ratio of actual to expected by more than its leaves do by themselves: the largest of all slices’ weighted mean strays, against what it is when strays are shuffled among leaves of about the same size (Westfall and Young 1993). The search then finds the fewest slices that explain the leaves: the leaves of a cause share about one ratio (generalised ripple effect, Li et al., ISSRE 2019); a cause wins likelihood under a noise model fitted to the leaves (Poisson-like and relative parts, Student’s t so that single leaves cannot decide) and pays for being named, as in minimum description length. For ratios and means give the denominators: expected is then the old rate at the denominator that came.',
  assumes: [
    'Leaves stray independently of each other, the more in absolute terms the larger they are.',
    'The expectation of each leaf is fair: the same weekday, no holiday on one side alone.',
  ],
  misleads: [
    'Slices whose leaves wobble together from period to period (a market, a large account) are told although nothing new happened: take expectations from several periods, or ask `contribution`, which measures the wobble.',
    'What changed everywhere by the same ratio has no slice to tell: the p-value is large however large the change.',
    'A single leaf that is far off is not evidence of a slice.',
  ],
  minimum,
  minimumOf: 'leaves',
  options,
  detect,
})
