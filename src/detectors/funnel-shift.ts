import { z } from 'zod'
import { defineDetector, type Verdict } from './detector.ts'
import { boundDifference, compareShares } from './groups/compare-shares.ts'
import { measureBatches, weakenPValue } from './groups/weigh-batches.ts'
import type { Conversion, Conversions } from './shapes.ts'

const minimum = 5

const options = z.object({
  recent: z
    .int()
    .min(1)
    .max(1000)
    .default(28)
    .describe(
      'In a `test`: those who entered in so many of the last days are the later group, all before them the earlier one.',
    ),
  window: z
    .int()
    .min(0)
    .max(365)
    .default(0)
    .describe('In a `test`: days that one has to go on; the last days are those before so many that are not over.'),
})

const hasEntrants = ({ entered }: Conversion) => entered > 0

function describeObstacle(name: string, units: readonly Conversion[]): string | undefined {
  if (units.length >= minimum) return undefined
  const count = units.length === 1 ? '1 account' : `${units.length} accounts`
  return `${name} has ${count} with entrants; funnel_shift needs ${minimum}`
}

function detect({ names, first, second, batches }: Conversions): Verdict<'conversions'> {
  const [before, after] = [first.filter(hasEntrants), second.filter(hasEntrants)]
  const obstacle = describeObstacle(names[0], before) ?? describeObstacle(names[1], after)
  if (obstacle) return { status: 'untestable', reason: obstacle }
  const comparison = compareShares(before, after)
  if (!comparison) {
    const all = before[0]!.converted > 0
    return { status: 'untestable', reason: all ? 'everybody went on in both groups' : 'nobody went on in either group' }
  }
  const { difference, freedom, likeness, designEffect, overlap } = comparison
  const spread = batches && measureBatches(batches, designEffect)
  const wider = Math.sqrt(spread?.factor ?? 1)
  const bounds = boundDifference(comparison)
  const [low, high] = [difference - wider * (difference - bounds.low), difference + wider * (bounds.high - difference)]
  const range = wider * bounds.range
  const pValue = spread ? weakenPValue(comparison.pValue, freedom, spread) : comparison.pValue
  const expected = comparison.first.converted / comparison.first.entered
  const observed = comparison.second.converted / comparison.second.entered
  // a few large accounts can move the plain share against the typical account: then neither is told
  const isAgreed = Math.sign(observed - expected) === Math.sign(difference)
  const isUp = difference > 0
  return {
    status: 'tested',
    pValue: isAgreed ? pValue : 1,
    direction: isUp ? 'up' : 'down',
    observed,
    expected,
    low: Math.max(0, expected - range),
    high: Math.min(1, expected + range),
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: { measure: 'difference in shares', value: difference, low, high },
    sentence: { verb: isUp ? 'go on more often' : 'go on less often', subject: names[1], comparedWith: names[0] },
    details: {
      entered_first: comparison.first.entered,
      entered_second: comparison.second.entered,
      converted_first: comparison.first.converted,
      converted_second: comparison.second.converted,
      accounts_first: comparison.first.units,
      accounts_second: comparison.second.units,
      weighted_share_first: comparison.first.share,
      weighted_share_second: comparison.second.share,
      correlation_within_accounts: likeness,
      design_effect: designEffect,
      weight_in_both: overlap,
      degrees_of_freedom: freedom,
      ...(spread && { spread_by_time: spread.factor }),
    },
  }
}

/** Did the share that goes on change between two groups? */
export const funnelShift = defineDetector({
  name: 'funnel_shift',
  shape: 'conversions',
  question: 'Does another share of those who enter go on than in the group it is compared with?',
  method:
    'Each account is one piece of evidence, weighted by what its entrants can tell: how alike the people of an account are is measured (intraclass correlation by analysis of variance, Donner 1986), and each group is cut down to the number of strangers it is worth (Rao and Scott 1992), by the larger of the beta-binomial and the cluster-robust variance. These are compared by Fisher’s exact test, so that small counts need no large-sample formula, and the uncertain variance is paid for by Student’s t. The interval is Newcombe’s (1998). Give it one row for each account and group: how many entered whose window to go on has closed, and how many of them went on within it. Before and after, entrants belong to the time they entered; an account in both groups, known by its number, is compared with itself, so that what is its own cancels. Where it is known in which week each entered, the dispersion of the earlier weeks beyond chance is added to the variance (quasi-likelihood, Wedderburn 1974), and paid for by their degrees of freedom.',
  assumes: [
    'Only entrants whose window has closed are counted, with the same window in both groups.',
    'Accounts do not follow each other; people of one account may.',
  ],
  misleads: [
    'Other accounts enter than before: look at the share within plan and size, and at `reversal`.',
    'A slice of few accounts that differ from each other far more than the others do is told too easily.',
    'Accounts in both groups that go on whole or not at all, and hardly ever change: the interval is too narrow, the p-value is not too small.',
    'One large account that changed is not told here when the others did not: look at `account_change`.',
  ],
  minimum,
  minimumOf: 'accounts with entrants in each group',
  options,
  detect,
})
