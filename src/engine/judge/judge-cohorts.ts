import { retentionShift } from '../../detectors/retention-shift.ts'
import type { Cohorts } from '../../detectors/shapes.ts'
import { createRandom } from '../../stats/random.ts'
import { pickNumbers, withSentence } from '../evidence/pick-numbers.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

/** Puts cohorts before `retention_shift`. A seed puts them in another order first (null replicate): what set the later ones apart is then spread over all. */
export function judgeCohorts(
  cohorts: Cohorts,
  options: Readonly<Record<string, string | number | boolean>>,
  permuteSeed?: number,
): JudgedNumbers {
  const judged = permuteSeed === undefined ? cohorts : permute(cohorts, permuteSeed)
  const verdict = retentionShift.detect(judged, retentionShift.options.parse(options))
  if (verdict.status === 'untestable') return verdict
  const since = String(verdict.details.since)
  const share = Math.abs(verdict.observed - verdict.expected)
  const numbers = {
    ...pickNumbers(verdict, { share_of_whole: share }),
    from: since,
    to: null,
    periods: cohorts.at.length - Math.max(0, cohorts.at.indexOf(since)),
  }
  return { status: 'tested', numbers: withSentence(numbers, verdict, retentionShift.name) }
}

function permute(cohorts: Cohorts, seed: number): Cohorts {
  const order = createRandom(seed).shuffle(cohorts.at.map((_, place) => place))
  return {
    ...cohorts,
    size: Float64Array.from(order, (place) => cohorts.size[place]!),
    retained: order.map((place) => cohorts.retained[place]!),
  }
}
