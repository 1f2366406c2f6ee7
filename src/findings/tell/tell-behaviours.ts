import type { Controlled } from '../errors/control-errors.ts'
import type { StandingStory } from '../explain/standing.ts'
import { aboutOf, isNotablePattern } from './pattern.ts'

export const isOfBehaviour = ({ verdict }: Controlled): boolean => aboutOf(verdict.hypothesis.detector) === 'behaviours'

/**
 * What goes with coming back, one story for each kind of members, told by the surest of all that they do: who does the one thing does others, too, and who
 * does it does less of the rest, so that the others say little that is new. They are named beside it.
 */
export function tellBehaviours(heldUp: readonly Controlled[]): readonly StandingStory[] {
  const surestFirst = heldUp
    .filter(({ verdict }) => isNotablePattern(verdict))
    .toSorted(
      (a, b) =>
        a.verdict.numbers.pValue - b.verdict.numbers.pValue ||
        (a.verdict.hypothesis.text < b.verdict.hypothesis.text ? -1 : 1),
    )
  return [...Map.groupBy(surestFirst, ({ verdict }) => verdict.hypothesis.model).values()].map(([lead, ...merged]) => ({
    lead: lead!,
    merged,
  }))
}
