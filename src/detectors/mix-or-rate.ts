import { z } from 'zod'
import { criticalT } from '../stats/critical-t.ts'
import { studentT } from '../stats/student-t.ts'
import { type Part, splitRatio } from './causes/split-ratio.ts'
import { defineDetector, type Verdict } from './detector.ts'
import type { Leaves } from './shapes.ts'

const minimum = 10

const options = z.object({})

function detect(leaves: Leaves): Verdict<'leaves'> {
  if (!leaves.weight) return { status: 'untestable', reason: 'has no weights: only ratios and means have a mix' }
  const { count, before, after, mix, rate } = splitRatio(leaves, leaves.weight)
  if (count < minimum) return { status: 'untestable', reason: `has ${count} leaves; mix_or_rate needs ${minimum}` }
  if (!(mix.error > 0) || !(rate.error > 0)) return { status: 'untestable', reason: 'no leaf differs from another' }
  const [pMix, pRate] = [test(mix), test(rate)]
  const main = pMix < pRate ? mix : rate
  const isMix = main === mix
  const margin = criticalT(main.freedom) * main.error
  const share = (part: Part) => (after === before ? Number.NaN : part.value / (after - before))
  return {
    status: 'tested',
    pValue: Math.max(1e-300, Math.min(1, 2 * Math.min(pMix, pRate))),
    direction: main.value > 0 ? 'up' : 'down',
    observed: after,
    expected: after - main.value,
    low: after - main.value - margin,
    high: after - main.value + margin,
    change: after === main.value ? Number.NaN : after / (after - main.value) - 1,
    effect: {
      measure: isMix ? 'change by mix' : 'change by rates',
      value: main.value,
      low: main.value - margin,
      high: main.value + margin,
    },
    sentence: {
      verb: main.value > 0 ? 'rose' : 'fell',
      subject: isMix ? 'the mix of slices' : 'the rates within slices',
      comparedWith: isMix ? 'the same slices in their old proportions' : 'the same slices with their old rates',
    },
    details: {
      before,
      after,
      mix: mix.value,
      mix_low: mix.value - criticalT(mix.freedom) * mix.error,
      mix_high: mix.value + criticalT(mix.freedom) * mix.error,
      mix_share: share(mix),
      p_of_mix: pMix,
      rate: rate.value,
      rate_low: rate.value - criticalT(rate.freedom) * rate.error,
      rate_high: rate.value + criticalT(rate.freedom) * rate.error,
      rate_share: share(rate),
      p_of_rate: pRate,
      leaves: count,
    },
  }
}

const test = ({ value, error, freedom }: Part): number => 2 * studentT.upperTail(Math.abs(value) / error, freedom)

/** Did a ratio change because rates changed, or because slices with other rates became more? */
export const mixOrRate = defineDetector({
  name: 'mix_or_rate',
  shape: 'leaves',
  question: 'Did the ratio change because its slices changed, or because their proportions did?',
  method:
    'The exact symmetric split of a change of a ratio (Kitagawa 1955): the mix is the change of each leaf’s share of the denominator times the mean of its old and new rate, the rates are the change of each leaf’s rate times the mean of its old and new share; together they are the whole change. Standard errors leave out one leaf after the other (jackknife), so that leaves that differ more than rows would are no news; degrees of freedom follow from how few leaves make the sum (Satterthwaite). Each part is tested by Student’s t, the p-value is that of the clearer part, doubled.',
  assumes: ['Leaves change independently of each other.', 'A leaf is the same thing before and after.'],
  misleads: [
    'The split is between the leaves given: what is mix between countries is rate within a world. Take the fields that a reader would think of.',
    'A leaf that is there on one side only is all mix.',
  ],
  minimum,
  minimumOf: 'leaves',
  options,
  detect,
})
