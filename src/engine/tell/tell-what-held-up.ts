import type { Day } from '../../base/periods.ts'
import type { Story } from '../../findings/candidate.ts'
import type { Controlled } from '../../findings/errors/control-errors.ts'
import { controlNewStories, type NewStoriesInput } from '../../findings/errors/control-new-stories.ts'
import { isStanding, type StandingStory } from '../../findings/explain/standing.ts'
import { countUntold } from '../../findings/tell/count-untold.ts'
import { tellAuthored } from '../../findings/tell/tell-authored.ts'
import { isOfBehaviour, tellBehaviours } from '../../findings/tell/tell-behaviours.ts'
import { isLead, tellLeads } from '../../findings/tell/tell-leads.ts'
import { tellPatterns } from '../../findings/tell/tell-patterns.ts'
import { tellSuggested } from '../../findings/tell/tell-suggested.ts'
import type { EngineContext } from '../context.ts'
import type { SpaceCosts } from '../plan/open-space.ts'
import { findOfFew } from './find-of-few.ts'
import { findYearly } from './find-yearly.ts'
import { tellOfTables } from './tell-of-tables.ts'
import { findNewNames, isPortrait, type Spaces, tellMovements } from './tell-stories.ts'

interface HeldUp {
  readonly heldUp: readonly Controlled[]
  /** Movements that did not by themselves, and may say where in others they lie. */
  readonly almost: readonly Controlled[]
  /** Last full day judged. */
  readonly asOf: Day
  /** What stories are held to, once they are merged. */
  readonly holds: NewStoriesInput
  readonly spaces: Spaces
  /** The same of a year before. */
  readonly yearBefore: Spaces
  readonly costs: SpaceCosts
}

/**
 * Everything that held up as stories, those that are told: what happened, its patterns, what stands, what the team asked, and what a language model
 * suggested. `discovered` is what the ledger keeps of them, `untold` what is not told though it held up, and why.
 */
export async function tellWhatHeldUp(
  context: EngineContext,
  { heldUp, almost, asOf, holds, spaces, yearBefore, costs }: HeldUp,
) {
  const [authored, asked] = partition(heldUp, ({ verdict }) => verdict.hypothesis.origin !== 'template')
  const [leads, ofModels] = partition(asked, isLead)
  const [suggested, written] = partition(authored, ({ verdict }) => verdict.hypothesis.origin === 'suggested')
  const isOfStanding = (one: Controlled) => isStanding(one, isPortrait(context, one.verdict))
  const [ofTime] = partition(ofModels, (one) => !isOfStanding(one))
  const renames = await findNewNames(context, ofTime, spaces)
  const { stories: happened, patterns, dismissed } = await tellMovements(context, ofTime, spaces, renames, almost)
  const [behaviours, ofTables] = partition(ofModels.filter(isOfStanding), isOfBehaviour)
  const tables = await tellOfTables(context, happened, ofTables, costs)
  const untimed = [...tellLeads(leads), ...tellBehaviours(behaviours)]
  const standing = [...tellAuthored(written, asOf), ...tables.standing, ...untimed]
  // a movement that is not told itself tells of no pattern
  const moved = controlNewStories(tables.movements, holds).stories
  const others = tables.movements.filter(({ lead }) => !moved.some((one) => one.lead.verdict === lead.verdict))
  const patterned = tellPatterns(patterns, { told: moved, renames, catalog: context.catalog, asOf })
  const yearly = await findYearly(context, moved, { spaces, yearBefore })
  const ofFew = await findOfFew(
    context,
    moved.filter((story) => !yearly.stories.has(story)),
    spaces,
    costs,
  )
  const explained = [...yearly.stories, ...ofFew.stories]
  const leftOut = new Set(explained.map(({ lead }) => lead.verdict))
  const told = [...patterned.filter(({ lead }) => !leftOut.has(lead.verdict)), ...others]
  const further = tellSuggested(suggested, [...moved, ...tables.standing], asOf)
  const worth: readonly (Story | StandingStory)[] = [...told, ...standing, ...further.stories]
  const { stories: known, ...discovered } = controlNewStories(worth, holds)
  const stories = known.map(further.addTo)
  const passed = new Set(known.map(({ lead }) => lead.verdict))
  const unsure = worth.filter(({ lead }) => !passed.has(lead.verdict))
  const counted = countUntold(heldUp, { stories, unsure, explained, dismissed, asOf })
  return { stories, discovered, untold: [...yearly.withheld, ...ofFew.withheld, ...counted] }
}

function partition<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))]
}
