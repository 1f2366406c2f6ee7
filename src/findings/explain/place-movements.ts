import type { Story } from '../candidate.ts'
import type { Controlled } from '../errors/control-errors.ts'
import { isWithin } from './compare-slices.ts'
import type { StandingStory } from './standing.ts'

/** Part of a movement that has to lie in a value for the value to be its story. */
const partMin = 0.5

const isCrowding = ({ lead }: StandingStory): boolean =>
  lead.verdict.hypothesis.detector === 'divergence' && lead.verdict.kind === 'count'

/** Rows above or below what was expected, a period. */
const excessOf = ({ verdict: { numbers } }: StandingStory['lead']): number => numbers.observed - numbers.expected

/** Whether two spans share at least half of the shorter one; a missing end is one that lasts. */
function overlap(a: StandingStory['lead'], b: StandingStory['lead']): boolean {
  const spanOf = ({ verdict: { numbers } }: StandingStory['lead']) => {
    const from = Date.parse(numbers.from ?? '1970-01-01')
    const to = numbers.to === null ? Date.parse('9999-01-01') : Date.parse(numbers.to)
    return { from, to }
  }
  const [first, second] = [spanOf(a), spanOf(b)]
  const shared = Math.min(first.to, second.to) - Math.max(first.from, second.from)
  return shared >= 0.5 * Math.min(first.to - first.from, second.to - second.from)
}

type SameRows = (a: Controlled, b: Controlled) => boolean

/** Whether a movement of all rows is that of a value whose rows crowd into its time. */
function isPlaced(movement: Story, crowding: StandingStory, sameRows: SameRows): boolean {
  const [whole, part] = [movement.lead.verdict, crowding.lead.verdict]
  if (whole.kind !== 'count' || whole.hypothesis.model !== part.hypothesis.model) return false
  if (sameRows(movement.lead, crowding.lead)) return true
  if (!isWithin(part.hypothesis.slice, whole.hypothesis.slice)) return false
  if (whole.numbers.direction !== part.numbers.direction || !overlap(movement.lead, crowding.lead)) return false
  return excessOf(crowding.lead) / excessOf(movement.lead) >= partMin
}

/**
 * Movements of a whole whose place is known: where the rows of one value crowd into the same time and make at least half of it, the value is
 * the story, and the movement is merged into it. Returns the movements that are left, and all that stands.
 */
export function placeMovements(
  movements: readonly Story[],
  standing: readonly StandingStory[],
  sameRows: SameRows,
): { readonly movements: readonly Story[]; readonly standing: readonly StandingStory[] } {
  const placed = movements.map((movement) => {
    const homes = standing.filter((one) => isCrowding(one) && isPlaced(movement, one, sameRows))
    return homes.toSorted((a, b) => a.lead.verdict.numbers.pValue - b.lead.verdict.numbers.pValue)[0]
  })
  return {
    movements: movements.filter((_, at) => !placed[at]),
    standing: standing.map((one) => ({
      lead: one.lead,
      merged: [
        ...one.merged,
        ...movements.flatMap((movement, at) => (placed[at] === one ? [movement.lead, ...movement.merged] : [])),
      ],
    })),
  }
}
