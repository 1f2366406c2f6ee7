import { type Day, daysBetween } from '../../base/periods.ts'
import { floors, isSmall } from '../choose-candidates.ts'
import type { Controlled } from '../errors/control-errors.ts'
import type { StandingStory } from '../explain/standing.ts'
import { aboutOf, isNotablePattern } from './pattern.ts'

/**
 * The questions that somebody wrote and that held up, each a story of its own, whatever else tells of the same. The floors of size and age are
 * those of every other finding: what is older has been told, or was known when the question was written.
 */
export function tellAuthored(heldUp: readonly Controlled[], asOf: Day): readonly StandingStory[] {
  return heldUp
    .filter(({ verdict }) => {
      const { hypothesis, numbers } = verdict
      if (aboutOf(hypothesis.detector) === 'goals') return isNotablePattern(verdict)
      const { from, to } = numbers
      if (isSmall(verdict, floors.change)) return false
      if (from !== null && daysBetween(from, asOf) > floors.days) return false
      return to === null || daysBetween(to, asOf) < floors.overDays
    })
    .map((lead) => ({ lead, merged: [] }))
}
