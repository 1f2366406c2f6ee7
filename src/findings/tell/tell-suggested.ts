import { type Day, daysBetween } from '../../base/periods.ts'
import type { Controlled } from '../errors/control-errors.ts'
import type { StandingStory } from '../explain/standing.ts'
import type { StoredVerdict } from '../finding.ts'
import { tellAuthored } from './tell-authored.ts'

/** Days that two onsets may lie apart and still be those of one movement. */
const onsetDays = 7

const bare = (measure: string): string => measure.replaceAll(/\s/g, '')

/** Whether two verdicts are of one movement of one measure: the same way, at the same time. */
function isSameMovement({ verdict: one }: Controlled, { verdict: other }: Controlled): boolean {
  const [{ hypothesis: a }, { hypothesis: b }] = [one, other]
  const { from } = one.numbers
  return (
    a.model === b.model &&
    bare(a.measure) === bare(b.measure) &&
    one.numbers.direction === other.numbers.direction &&
    from !== null &&
    other.numbers.from !== null &&
    Math.abs(daysBetween(from, other.numbers.from)) <= onsetDays
  )
}

export interface SuggestedStories {
  /** Stories of their own, under the floors of authored ones. */
  readonly stories: readonly StandingStory[]
  /** A story with those that tell the same of its measure at its time. */
  readonly addTo: (story: StandingStory) => StandingStory
}

/**
 * Suggested hypotheses that held up. Nobody waits for the answer to one, so that it is no story of its own where it says again what is told of the
 * same measure: it becomes part of that one, or of the surest suggestion that says it.
 */
export function tellSuggested(
  heldUp: readonly Controlled[],
  told: readonly { readonly lead: Controlled }[],
  asOf: Day,
): SuggestedStories {
  const merged = new Map<Controlled['verdict'], Controlled[]>()
  const stories: StandingStory[] = []
  const worth = tellAuthored(heldUp, asOf).map(({ lead }) => lead)
  const surestFirst = worth.toSorted(
    (a, b) =>
      a.qValue - b.qValue ||
      a.verdict.numbers.pValue - b.verdict.numbers.pValue ||
      (a.verdict.hypothesis.key < b.verdict.hypothesis.key ? -1 : 1),
  )
  for (const one of surestFirst) {
    const same = [...told, ...stories].find(({ lead }) => isSameMovement(one, lead))
    if (same) merged.set(same.lead.verdict, [...(merged.get(same.lead.verdict) ?? []), one])
    else stories.push({ lead: one, merged: [] })
  }
  const addTo = (story: StandingStory) => {
    const more = merged.get(story.lead.verdict)
    return more ? { ...story, merged: [...story.merged, ...more] } : story
  }
  return { stories, addTo }
}

/**
 * How much of the whole metric a suggestion's movement is, 0 and up, so that a small part that fell by half does not rank as the metric would.
 * Undefined where the whole was not tested in this cycle by the same periods, or the measure does not add up.
 */
export function weighAgainstWhole(
  { verdict: { hypothesis: own, kind, numbers } }: Controlled,
  verdicts: readonly StoredVerdict[],
): number | undefined {
  if (own.origin !== 'suggested' || (kind !== 'count' && kind !== 'amount')) return undefined
  for (const whole of verdicts) {
    if (whole.status !== 'tested' || whole.isReplicate) continue
    const { origin, slice, model, measure, grain, by, with: other, detector } = whole.hypothesis
    if (origin !== 'template' || slice.length > 0 || by || other || detector !== 'level_shift') continue
    if (model !== own.model || bare(measure) !== bare(own.measure) || grain !== own.grain) continue
    const { expected } = whole.numbers
    return expected === 0 ? undefined : Math.abs((numbers.observed - numbers.expected) / expected)
  }
  return undefined
}
