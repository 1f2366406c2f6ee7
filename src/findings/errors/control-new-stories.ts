import { adjustPValues } from '../../stats/benjamini-hochberg.ts'
import type { DataFault } from '../faults/data-fault.ts'
import type { Finding } from '../finding.ts'
import { readIdentity, settleIdentity } from '../tell/identify-finding.ts'
import { controlStories, type ErrorControl, ratioOfStory, type ToldStory } from './control-errors.ts'

export interface NewStoriesInput {
  readonly control: Pick<ErrorControl, 'tested' | 'ratioOf'>
  /** The promised rate, which stories that were told before are held to. */
  readonly rate: number
  /** What the ledger leaves for new ones. */
  readonly level: number
  /** Findings of the cycle before. */
  readonly before: readonly Finding[]
  /** Findings of the newest other cycle, which may have judged the same day. */
  readonly earlier: readonly Finding[]
  /** Keys of the hypotheses whose data have not changed since that cycle. */
  readonly repeated: ReadonlySet<string>
}

export interface NewStories<S> {
  readonly stories: readonly S[]
  /** Stories that were told for the first time. */
  readonly discoveries: number
  /** Those that would have been told for the first time at most, had one p-value been 0. */
  readonly discoveriesMax: number
}

interface Judged extends ToldStory {
  readonly fault?: DataFault
}

const isTold = (story: Judged, findings: readonly Finding[]): boolean =>
  settleIdentity(readIdentity(story), findings).state === 'ongoing'

/**
 * Which stories of a cycle hold up, each one discovery. One that was told in the cycle before is held to the promised rate: it was paid for, and must not
 * come and go with the ledger. One whose data have not changed since an earlier cycle is told if and only if it was told then: the same test twice
 * is no new evidence. All others are judged among themselves at the level that the ledger leaves; what is known already does not
 * let them in.
 */
export function controlNewStories<S extends Judged>(
  all: readonly S[],
  { control, rate, level, before, earlier, repeated }: NewStoriesInput,
): NewStories<S> {
  const known = all.filter((story) => isTold(story, before))
  const others = all.filter((story) => !known.includes(story))
  const isSame = ({ lead }: S) => repeated.has(lead.verdict.hypothesis.key)
  const again = others.filter((story) => isSame(story) && isTold(story, earlier))
  const fresh = others.filter((story) => !isSame(story))
  const told = controlStories(fresh, control, level)
  return {
    stories: [...controlStories(known, control, rate), ...controlStories(again, control, rate), ...told],
    discoveries: told.length,
    discoveriesMax: countMost(fresh, control, level),
  }
}

function countMost(
  fresh: readonly ToldStory[],
  control: Pick<ErrorControl, 'tested' | 'ratioOf'>,
  level: number,
): number {
  const ratios = new Float64Array(Math.max(control.tested, fresh.length + 1)).fill(1)
  ratios[0] = 0
  fresh.forEach((story, at) => {
    ratios[at + 1] = ratioOfStory(story, control)
  })
  return adjustPValues(ratios).filter((q) => q <= level).length
}
