import { association } from '../../detectors/association.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import { buildStrata, type FirstDays } from '../../hypotheses/behaviours/build-strata.ts'
import { firstDays, lastDay } from '../../hypotheses/behaviours/list-behaviours.ts'
import { findEValue } from '../../stats/e-value.ts'
import { createRandom } from '../../stats/random.ts'
import { toStandingNumbers, withSentence } from '../evidence/pick-numbers.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

export interface BehaviourOptions {
  /** Gives each stratum's outcomes to others of it first (null replicate). */
  readonly permuteSeed?: number
  /** A question of the team says itself in which days what was done. */
  readonly isAuthored?: boolean
}

/** Puts those who began before `association`: whether those who did the one thing came back as others of their stratum did. */
export function judgeBehaviour(
  members: readonly FirstDays[],
  { permuteSeed, isAuthored = false }: BehaviourOptions = {},
): JudgedNumbers {
  const strata = buildStrata(permuteSeed === undefined ? members : permute(members, permuteSeed))
  const verdict = association.detect(strata, {})
  if (verdict.status === 'untestable') return verdict
  const { exposed, unexposed } = verdict.details
  // of all who are compared, how many it would be about if it were a cause
  const part = Number(exposed) / (Number(exposed) + Number(unexposed))
  const numbers = toStandingNumbers(verdict, part * Math.abs(verdict.observed - verdict.expected))
  const days: TestedNumbers['details'] = isAuthored ? {} : { first_days: firstDays, last_day: lastDay }
  const more = { ...days, e_value: findEValue(Number(numbers.details.effect)) }
  const detailed = { ...numbers, details: { ...numbers.details, ...more } }
  return { status: 'tested', numbers: withSentence(detailed, verdict, association.name) }
}

function permute(members: readonly FirstDays[], seed: number): readonly FirstDays[] {
  const random = createRandom(seed)
  const strata = [...Map.groupBy(members, ({ stratum }) => stratum)].sort(([a], [b]) => (a < b ? -1 : 1))
  return strata.flatMap(([, own]) => {
    // those who did it first, so that the order of the rows decides nothing
    const doers = own.toSorted((a, b) => Number(b.did) - Number(a.did) || Number(b.cameBack) - Number(a.cameBack))
    const outcomes = random.shuffle(doers.map(({ cameBack }) => cameBack))
    return doers.map((one, at) => ({ ...one, cameBack: outcomes[at]! }))
  })
}
