import type { Candidate, SliceSpace, Story } from '../candidate.ts'
import { intersectSlices } from './compare-slices.ts'
import { measureMovement } from './measure-movement.ts'

/** Of a movement at least this share must lie in the rows of a story for it to tell of that story. */
const shareMin = 0.25
/** Seasons between two onsets after which one explains the other half as well. */
const halvingSeasons = 2

/** A story with what went over from its slice to others, which tells of it wherever it lies. */
export interface SortedStory extends Story {
  readonly shifted: readonly Candidate[]
}

/**
 * Puts each candidate that is no story beside the story that it owes its movement to: the one whose rows hold most of it, in the
 * candidate's own window, and which began at about the same time. One that owes too little to any of them is left out: it is too weak
 * to be told, and tells of nothing that is.
 */
export async function attributeMovements(
  stories: readonly SortedStory[],
  space: SliceSpace,
): Promise<readonly Story[]> {
  const merged = new Map<Story, Candidate[]>(stories.map((story) => [story, [...story.shifted]]))
  for (const candidate of stories.flatMap((story) => story.merged)) {
    const cause = await findCause(candidate, stories, space)
    if (cause) merged.get(cause)!.push(candidate)
  }
  return stories.map((story) => ({ lead: story.lead, merged: merged.get(story)! }))
}

async function findCause(
  candidate: Candidate,
  stories: readonly Story[],
  space: SliceSpace,
): Promise<Story | undefined> {
  let cause: Story | undefined
  let most = 0
  for (const story of stories) {
    const share = await measureShare(candidate, story.lead, space)
    if (share < shareMin) continue
    const seasons = Math.abs(candidate.window.from - story.lead.window.from) / space.season
    const weight = share * 2 ** (-seasons / halvingSeasons)
    if (weight > most) [cause, most] = [story, weight]
  }
  return cause
}

/** Share of a candidate's movement that lies in the rows of `lead`, 0..1; 0 where the two do not meet in time or rows. */
async function measureShare({ verdict, window, movement }: Candidate, lead: Candidate, space: SliceSpace) {
  if (window.from >= lead.window.to || lead.window.from >= window.to) return 0
  const { metric, slice } = verdict.hypothesis
  const other = lead.verdict.hypothesis.slice
  const shared = intersectSlices(slice, other)
  const parts = shared && (await space.partsOf(metric, shared, other))
  const { excluded, season } = space
  const inside = parts && measureMovement({ parts, window, excluded, season })
  if (!inside) return 0
  return Math.min(1, (inside.actual - inside.expected) / (movement.actual - movement.expected))
}
