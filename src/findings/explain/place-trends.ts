import { identifySlice } from '../../hypotheses/series/scan-table.ts'
import type { StandingStory } from './standing.ts'

/** Part of the rise (or fall) of a whole that has to lie in a value for the value to be its story. */
const partMin = 0.5

const isTrend = ({ lead }: StandingStory): boolean => lead.verdict.hypothesis.detector === 'trend'

/** How much a trend moves by its end: rows times their change where values are per row. */
function sizeOf({ lead: { verdict } }: StandingStory): number {
  const { numbers, kind, volume } = verdict
  const change = numbers.observed - numbers.expected
  return kind === 'mean' || kind === 'ratio' ? volume * change : change
}

function isPlaced(whole: StandingStory, part: StandingStory): boolean {
  const [own, other] = [whole.lead.verdict.hypothesis, part.lead.verdict.hypothesis]
  if (own.slice.length > 0 || other.slice.length === 0) return false
  if (own.model !== other.model || own.metric !== other.metric) return false
  return sizeOf(part) / sizeOf(whole) >= partMin
}

/** The trend of a whole that lies in one value (its own trend is told, as it is steeper) is merged into that value's story. */
export function placeTrends(stories: readonly StandingStory[]): readonly StandingStory[] {
  const trends = stories.filter(isTrend)
  const homes = new Map(
    trends.flatMap((whole) => {
      const [home] = trends
        .filter((part) => isPlaced(whole, part))
        .toSorted((a, b) => Math.abs(sizeOf(b)) - Math.abs(sizeOf(a)) || (keyOf(a) < keyOf(b) ? -1 : 1))
      return home ? [[whole, home] as const] : []
    }),
  )
  return stories
    .filter((story) => !homes.has(story))
    .map((story) => ({
      lead: story.lead,
      merged: [
        ...story.merged,
        ...[...homes].flatMap(([whole, home]) => (home === story ? [whole.lead, ...whole.merged] : [])),
      ],
    }))
}

const keyOf = ({ lead }: StandingStory): string => identifySlice(lead.verdict.hypothesis.slice)
