import { z } from 'zod'
import { testStrataExactly } from '../stats/exact-strata.ts'
import { type TwoByTwo, testHomogeneity, testStrata } from '../stats/mantel-haenszel.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { findStrataObstacle, membersLeast, tabulateStrata } from './groups/tabulate-strata.ts'
import type { Strata } from './shapes.ts'

const options = z.object({})

/** Share of the outcome that the exposed would have were they like the unexposed of their strata, and half its 95% range for as many. */
function expectLikeUnexposed(tables: readonly TwoByTwo[], exposedAll: number): { expected: number; range: number } {
  let [expected, variance] = [0, 0]
  for (const { exposedWith: a, exposedWithout: b, otherWith: c, otherWithout: d } of tables) {
    const [exposed, others] = [(a + b) / exposedAll, c + d]
    expected += (exposed * c) / others
    const common = (a + c) / (a + b + c + d)
    variance += exposed * common * (1 - common) * (exposed / others + 1 / exposedAll)
  }
  return { expected, range: 1.96 * Math.sqrt(variance) }
}

/** Halves in every cell: ratios are then finite where a group has no outcome at all. */
const fillCells = (table: TwoByTwo): TwoByTwo => ({
  exposedWith: table.exposedWith + 0.5,
  exposedWithout: table.exposedWithout + 0.5,
  otherWith: table.otherWith + 0.5,
  otherWithout: table.otherWithout + 0.5,
})

/** The common risk ratio of the strata with its 95% interval, finite always. */
export function measureRiskRatio(tables: readonly TwoByTwo[]): { value: number; low: number; high: number } {
  const { riskRatio } = testStrata(tables)
  return riskRatio.low > 0 && Number.isFinite(riskRatio.high) ? riskRatio : testStrata(tables.map(fillCells)).riskRatio
}

function detect(data: Strata): Verdict<'strata'> {
  const tables = tabulateStrata(data)
  const obstacle = findStrataObstacle('association', data, tables)
  if (obstacle) return { status: 'untestable', reason: obstacle }
  const { comparable, crude, exposed, unexposed } = tables
  const { pValue, method } = testStrataExactly(comparable)
  const { observed: seen, expected: balanced, oddsRatio } = testStrata(comparable)
  const risk = measureRiskRatio(comparable)
  const homogeneity = testHomogeneity(comparable, oddsRatio.value)
  const observed = seen / exposed
  const { expected, range } = expectLikeUnexposed(comparable, exposed)
  const isUp = seen > balanced
  const { names } = data
  return {
    status: 'tested',
    pValue,
    direction: isUp ? 'up' : 'down',
    observed,
    expected,
    low: Math.max(0, expected - range),
    high: Math.min(1, expected + range),
    change: expected === 0 ? Number.NaN : observed / expected - 1,
    effect: { measure: 'risk ratio', value: risk.value, low: risk.low, high: risk.high },
    sentence: {
      verb: isUp ? `${names.outcome} more often` : `${names.outcome} less often`,
      subject: names.exposed,
      comparedWith: `${names.unexposed}, within the same strata`,
    },
    details: {
      method: method === 'exact' ? 'exact conditional' : 'Mantel-Haenszel, normal',
      exposed,
      unexposed,
      strata_compared: comparable.length,
      strata_left_out: data.strata.length - comparable.length,
      odds_ratio: oddsRatio.value,
      crude_risk_ratio: measureRiskRatio([crude]).value,
      p_of_equal_odds_ratios: homogeneity.pValue,
    },
  }
}

/** Does an outcome go with an exposure, among accounts of the same plan and size? */
export const association = defineDetector({
  name: 'association',
  shape: 'strata',
  question: 'Do accounts that did the one thing come to the other more or less often than comparable accounts?',
  method:
    'Accounts are compared only within their stratum (plan, size): given how many of each stratum were exposed and how many came to the outcome, the number of those who did both has an exact distribution, a sum of hypergeometric ones (as in R’s mantelhaen.test(exact = TRUE)); sums with more than 3,000 values are judged by the normal one. The size told is the risk ratio of Mantel and Haenszel with the interval of Greenland and Robins (1985). Give it one two by two table a stratum, an account counted once. The window in which an account counts as exposed must have closed before the window of the outcome opens, and an account must have been there for all of the first: that is the caller’s duty, the numbers do not show it.',
  assumes: [
    'The exposure came first: its window closed before that of the outcome opened.',
    'Accounts of one stratum are alike but for the exposure, as far as it matters for the outcome.',
    'Accounts decide independently of each other.',
  ],
  misleads: [
    'Goes with is not leads to: whoever is keen does both. Only a trial tells.',
    'Where the ratio differs between strata, the common one hides it: look at the p-value of equal odds ratios.',
    'Accounts that had already ended could not do either: count only those there for the whole window.',
  ],
  minimum: membersLeast,
  minimumOf: 'exposed and unexposed accounts, in strata that have both',
  options,
  detect,
})
