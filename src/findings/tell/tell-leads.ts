import type { Controlled } from '../errors/control-errors.ts'
import type { StandingStory } from '../explain/standing.ts'

/** The least correlation at a lag that is worth a reader's minute. */
const correlationMin = 0.2

export const isLead = ({ verdict: { hypothesis } }: Controlled): boolean => hypothesis.detector === 'lead_lag'

const modelsOf = ({ verdict: { hypothesis } }: Controlled): string =>
  [hypothesis.model, hypothesis.with?.model ?? ''].sort().join('\n')

/**
 * Which of two metrics moves first, where it held up. All that two models say of each other in this way (sign-ups before logins, before events, before
 * active users) is one story, told by its surest pair.
 */
export function tellLeads(heldUp: readonly Controlled[]): readonly StandingStory[] {
  const sorted = heldUp
    .filter(({ verdict: { numbers } }) => Math.abs(numbers.observed) >= correlationMin)
    .sort(
      (a, b) =>
        a.verdict.numbers.pValue - b.verdict.numbers.pValue ||
        (a.verdict.hypothesis.text < b.verdict.hypothesis.text ? -1 : 1),
    )
  return [...Map.groupBy(sorted, modelsOf).values()].flatMap(([lead, ...merged]) => (lead ? [{ lead, merged }] : []))
}
