import { daysBetween } from '../../base/periods.ts'
import type { StandingStory } from '../explain/standing.ts'

type Verdict = StandingStory['lead']['verdict']

const fieldsOf = ({ hypothesis: { slice, by = [] } }: Verdict): readonly string[] => [
  ...slice.map(({ field }) => field),
  ...by,
]

/** How a pattern and a movement are akin, the strongest tie first; each 0 or 1, but for days apart, which count against it. */
function compareTies(pattern: Verdict, cause: Verdict): readonly number[] {
  const [{ hypothesis: asked, numbers }, { hypothesis: moved, numbers: told }] = [pattern, cause]
  const fields = fieldsOf(pattern)
  const apart = numbers.from && told.from ? Math.abs(daysBetween(numbers.from, told.from)) : Number.POSITIVE_INFINITY
  return [
    Number(asked.model === moved.model && asked.metric === moved.metric),
    Number(asked.model === moved.model),
    Number(fieldsOf(cause).some((field) => fields.includes(field))),
    -apart,
  ]
}

/** Of the movements that a pattern may belong to the nearest: of its metric, of its table, of its field, of its time; else the first. */
export function findHome<T extends StandingStory>(pattern: Verdict, movements: readonly T[]): T | undefined {
  let home: { story: T; ties: readonly number[] } | undefined
  for (const story of movements) {
    const ties = compareTies(pattern, story.lead.verdict)
    const at = home ? ties.findIndex((tie, place) => tie !== home?.ties[place]) : 0
    if (!home || (at >= 0 && ties[at]! > home.ties[at]!)) home = { story, ties }
  }
  return home?.story
}
