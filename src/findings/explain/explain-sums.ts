import type { Controlled } from '../errors/control-errors.ts'
import type { StandingStory } from './standing.ts'

/** Share of a total's distance from its siblings that rows and their mean have to explain for it to be no story of its own. */
const explainedMin = 0.75

/** Detectors whose verdicts about a total follow from those about its factors. */
const judged: ReadonlySet<string> = new Set(['peer_outlier', 'trend'])

const insideOf = (measure: string, aggregate: string): string | undefined =>
  new RegExp(`^${aggregate}\\((.+)\\)$`, 's').exec(measure.trim())?.[1]

const hypothesisOf = ({ lead }: StandingStory) => lead.verdict.hypothesis

/** How far a value is from its siblings, as a logarithm. */
const distanceOf = ({ verdict: { numbers } }: Controlled): number => Math.log(Math.max(1e-6, 1 + (numbers.change ?? 0)))

/** Whether a story is about the number of rows, or the mean, that a total is made of. */
function isFactor(story: StandingStory, total: StandingStory, inside: string): boolean {
  const [own, other] = [hypothesisOf(story), hypothesisOf(total)]
  if (own.detector !== other.detector || own.model !== other.model) return false
  return own.measure.trim() === 'count()' || insideOf(own.measure, 'avg') === inside
}

/**
 * A total is its rows times their mean: where a value is told to have more rows, or a higher mean, its higher total says nothing new. Such
 * totals are merged into the story that explains most of them. `sameRows` says whether two slices are about the same rows.
 */
export function explainSums(
  stories: readonly StandingStory[],
  sameRows: (a: Controlled, b: Controlled) => boolean,
): readonly StandingStory[] {
  const merged = new Map<StandingStory, Controlled[]>()
  const gone = new Set<StandingStory>()
  for (const total of stories) {
    const inside = insideOf(hypothesisOf(total).measure, 'sum')
    if (inside === undefined || !judged.has(hypothesisOf(total).detector)) continue
    const whole = distanceOf(total.lead)
    const factors = stories.filter((one) => isFactor(one, total, inside) && sameRows(one.lead, total.lead))
    const explained = factors.reduce((sum, { lead }) => sum + distanceOf(lead), 0)
    if (factors.length === 0 || explained / whole < explainedMin) continue
    const home = factors.reduce((most, one) =>
      Math.abs(distanceOf(one.lead)) > Math.abs(distanceOf(most.lead)) ? one : most,
    )
    gone.add(total)
    merged.set(home, [...(merged.get(home) ?? []), total.lead, ...total.merged])
  }
  return stories
    .filter((one) => !gone.has(one))
    .map((one) => ({ lead: one.lead, merged: [...one.merged, ...(merged.get(one) ?? [])] }))
}
