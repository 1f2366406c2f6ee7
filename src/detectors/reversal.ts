import { z } from 'zod'
import { testStrataExactly } from '../stats/exact-strata.ts'
import { testStrata } from '../stats/mantel-haenszel.ts'
import { measureRiskRatio } from './association.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { findStrataObstacle, membersLeast, tabulateStrata } from './groups/tabulate-strata.ts'
import type { Strata } from './shapes.ts'

const options = z.object({})

function detect(data: Strata): Verdict<'strata'> {
  const tables = tabulateStrata(data)
  const obstacle = findStrataObstacle('reversal', data, tables)
  if (obstacle) return { status: 'untestable', reason: obstacle }
  const { comparable, crude } = tables
  if (comparable.length < 2) return { status: 'untestable', reason: 'has 1 stratum with both groups; reversal needs 2' }
  const ofWhole = testStrataExactly([crude])
  const within = testStrataExactly(comparable)
  const [whole, strata] = [testStrata([crude]), testStrata(comparable)]
  const isOpposite = (whole.observed - whole.expected) * (strata.observed - strata.expected) < 0
  const [crudeRatio, adjusted] = [measureRiskRatio([crude]), measureRiskRatio(comparable)]
  const isUp = whole.observed > whole.expected
  const { names } = data
  return {
    status: 'tested',
    pValue: isOpposite ? Math.max(ofWhole.pValue, within.pValue) : 1,
    direction: isUp ? 'up' : 'down',
    observed: crudeRatio.value,
    expected: adjusted.value,
    low: adjusted.low,
    high: adjusted.high,
    change: crudeRatio.value / adjusted.value - 1,
    effect: { measure: 'risk ratio within strata', value: adjusted.value, low: adjusted.low, high: adjusted.high },
    sentence: {
      verb: isUp
        ? `${names.outcome} more often over all, and less often within each stratum`
        : `${names.outcome} less often over all, and more often within each stratum`,
      subject: names.exposed,
      comparedWith: names.unexposed,
    },
    details: {
      crude_risk_ratio: crudeRatio.value,
      crude_low: crudeRatio.low,
      crude_high: crudeRatio.high,
      p_of_crude: ofWhole.pValue,
      p_within_strata: within.pValue,
      strata_compared: comparable.length,
      strata_left_out: data.strata.length - comparable.length,
    },
  }
}

/** Does a difference between two groups turn around within strata (Simpson's paradox)? */
export const reversal = defineDetector({
  name: 'reversal',
  shape: 'strata',
  question: 'Does a difference between two groups turn around when only like is compared with like?',
  method:
    'The ratio over all against the ratio of Mantel and Haenszel within strata. Told only if both differ from 1, in opposite directions: each is tested exactly, given the margins, and the larger of the two p-values counts (intersection–union test, Berger 1982), so that a difference that merely vanishes within strata is none. Give it the same tables as `association`: one a stratum, an account counted once; for two periods, the later one is the exposed group.',
  assumes: [
    'The strata came before the outcome: a stratum that the group itself brings about (usage since, plan after) makes reversals of its own.',
    'Accounts decide independently of each other.',
  ],
  misleads: [
    'Neither number is the true one by itself: which comparison answers the question depends on what decides about the group.',
    'It is careful: a difference that is large over all and gone within strata is no reversal; `association` tells the one within.',
  ],
  minimum: membersLeast,
  minimumOf: 'accounts of each group, in strata that have both',
  options,
  detect,
})
