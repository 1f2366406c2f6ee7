import { z } from 'zod'
import { criticalT } from '../stats/critical-t.ts'
import { compareSiblings, type SiblingTest } from './causes/compare-siblings.ts'
import { expectLeaves } from './causes/expect-leaves.ts'
import { defineDetector, type Verdict } from './detector.ts'
import type { Leaves } from './shapes.ts'

const minimum = 5

const options = z.object({
  parts: z.int().min(1).max(10).default(3).describe('The most slices that are told.'),
})
type Options = z.infer<typeof options>

/** A slice of the cover: its leaves that no earlier part has. */
interface Part {
  readonly test: SiblingTest
  readonly own: number
  readonly actual: number
  readonly expected: number
  readonly weight: number
}

function detect(leaves: Leaves, { parts: most }: Options): Verdict<'leaves'> {
  const model = expectLeaves(leaves)
  const tests = compareSiblings(
    model,
    leaves.codes,
    leaves.labels.map(({ length }) => length),
  )
  const best = tests[0]
  if (!best)
    return {
      status: 'untestable',
      reason: `no field has ${minimum} values that are large enough; contribution needs one`,
    }
  const parts = cover(leaves, model.expected, tests.filter(({ pValue }) => pValue <= 0.05).slice(0, most))
  const first = parts[0] ?? cover(leaves, model.expected, [best])[0]!
  const whole = sum(leaves.actual) - sum(model.expected)
  const told = parts.filter(({ test, own }) => own !== 0 && test.pValue <= 0.05)
  const rest = 1 - told.reduce((total, { own }) => total + own / whole, 0)
  const unit = leaves.weight ? first.weight : 1
  const range = Math.exp(criticalT(best.freedom) * best.error)
  const expected = (first.expected * best.others) / unit
  const observed = first.actual / unit
  return {
    status: 'tested',
    pValue: best.pValue,
    direction: best.statistic > 0 ? 'up' : 'down',
    observed,
    expected,
    low: expected / range,
    high: expected * range,
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: {
      measure: 'ratio to the other slices',
      value: best.ratio / best.others,
      low: best.ratio / best.others / range,
      high: (best.ratio / best.others) * range,
    },
    sentence: {
      verb: best.statistic > 0 ? 'rose more than the rest' : 'fell behind the rest',
      subject: name(leaves, best),
      comparedWith: 'the other values of its field',
    },
    details: {
      statistic: best.statistic,
      degrees_of_freedom: best.freedom,
      slices_tried: tests.length,
      parts: told.map(({ test, own }) => `${name(leaves, test)} (${percent(own / whole)})`).join('; ') || 'none',
      rest: percent(rest),
    },
  }
}

const sum = (values: Float64Array): number => values.reduce((total, x) => total + x, 0)

const name = ({ fields, labels }: Leaves, { field, code }: SiblingTest): string =>
  `${fields[field]} = ${labels[field]![code]}`

const percent = (share: number): string => (Number.isFinite(share) ? `${Math.round(100 * share)}%` : 'no share')

/** Slices one after the other, each with the leaves that none before has: shares of the change that add up. */
function cover(
  { actual, codes, weight }: Leaves,
  expected: Float64Array,
  tests: readonly SiblingTest[],
): readonly Part[] {
  const taken = new Uint8Array(actual.length)
  return tests.map((test) => {
    const part = { test, own: 0, actual: 0, expected: 0, weight: 0 }
    for (let leaf = 0; leaf < actual.length; leaf++) {
      if (codes[test.field]![leaf] !== test.code) continue
      part.actual += actual[leaf]!
      part.expected += expected[leaf]!
      part.weight += weight ? weight.actual[leaf]! : 1
      if (taken[leaf] === 0) part.own += actual[leaf]! - expected[leaf]!
      taken[leaf] = 1
    }
    return part
  })
}

/** Which few slices carry the change, and do they differ from their siblings? */
export const contribution = defineDetector({
  name: 'contribution',
  shape: 'leaves',
  question: 'Did one value of a field change otherwise than its siblings, and how much of the whole change is it?',
  method:
    'Each value’s ratio of actual to expected is compared with those of the other values of its field, on the log scale. What siblings differ by among themselves is measured without the value at hand and counts as noise: Student’s t of the deleted residual (Cook and Weisberg 1982), once with the noise of leaves and once with an equal wobble of whole slices, of which the larger p-value counts, multiplied by the number of values tried. The values that hold up make a cover without overlap: each keeps the leaves that none before it has, and their shares and the rest’s add up to the whole change.',
  assumes: [
    'The values of a field would change alike if nothing happened, but for a wobble that is about as large for each.',
    'Fields have at least five values that are large enough: with fewer the wobble cannot be known.',
  ],
  misleads: [
    'A slice of two fields moves each of its values a little: `root_cause` tells it more sharply.',
    'Where half of the values changed there is no rest to compare with.',
  ],
  minimum,
  minimumOf: 'values of a field',
  options,
  detect,
})
