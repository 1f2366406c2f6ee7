import { Failure } from '../../base/failure.ts'
import { countNoun, formatChange } from '../../base/format.ts'
import { addPeriods } from '../../base/periods.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import type { Candidate, SliceSpace, Story } from '../../findings/candidate.ts'
import { addParts, type Parts } from '../../findings/explain/parts.ts'
import { restsOnFew } from '../../findings/explain/rests-on-few.ts'
import { phraseSlice } from '../../findings/tell/label-slice.ts'
import { findUserKey, type UserKey } from '../../hypotheses/accounts/find-account-keys.ts'
import type { Slice, SliceValue } from '../../hypotheses/hypothesis.ts'
import { writeSliceCondition, writeStretch } from '../../hypotheses/write/write-exploration.ts'
import { runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import type { SpaceCosts } from '../plan/open-space.ts'
import { isPortrait, metricOf, type NotTold, type Spaces } from './tell-stories.ts'

/** Largest ones that are looked at. */
const usersMax = 3

/**
 * The stories of a slice that are those of up to three users in it, where users have no accounts. Rows are what detectors count, and a user with thousands of
 * them makes a level of its own where it comes or goes: a hundred times as many purchases from Austria are one player. Of accounts it is told with the account
 * (`explainShown`). Costs two to four queries a story.
 */
export async function findOfFew(
  context: EngineContext,
  stories: readonly Story[],
  spaces: Spaces,
  costs: SpaceCosts,
): Promise<NotTold> {
  const found = new Map<Story, string>()
  for (const story of stories) {
    const { verdict } = story.lead
    const user = findUserKey(context.catalog, verdict.hypothesis.model)
    if (!user || story.fault || verdict.hypothesis.slice.length === 0 || isPortrait(context, verdict)) continue
    const few = await countFew(context, story.lead, user, spaces, costs)
    if (few > 0) found.set(story, countNoun(few, user.label.toLowerCase()))
  }
  const withheld = [...found].map(([{ lead }, who]) => {
    const { model, slice } = lead.verdict.hypothesis
    const what = `${metricOf(context, lead.verdict).label} ${phraseSlice(context.catalog, model, slice)}`
    return { what, why: `${formatChange(lead.movement.change)} since ${lead.verdict.numbers.from} by ${who} alone` }
  })
  return { stories: new Set(found.keys()), withheld }
}

/** How many of the largest make the movement; 0 where others share it. */
async function countFew(
  context: EngineContext,
  lead: Candidate,
  user: UserKey,
  spaces: Spaces,
  costs: SpaceCosts,
): Promise<number> {
  const { model, time, name } = metricOf(context, lead.verdict)
  const { slice } = lead.verdict.hypothesis
  const space = spaces(model, time)
  try {
    const largest = await listLargest(context, lead, user, space, costs)
    let own: Parts | undefined
    for (const [at, one] of largest.entries()) {
      const within: Slice = [...slice, one]
      const more = await space.partsOf(name, within, within)
      if (!more) return 0
      own = own ? addParts(own, more) : more
      if (restsOnFew(lead.movement, { ...space, parts: lead.parts, window: lead.window }, own)) return at + 1
    }
    return 0
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    context.log.warn({ model }, `whether a few make it all was not looked at: ${error.message}`)
    return 0
  }
}

/** Days before a movement whose largest may be the one that left. */
const daysBefore = 56

/** Whoever has most of what the metric counts in the slice: since a rise, and before a fall. */
async function listLargest(
  context: EngineContext,
  { verdict, window, movement }: Candidate,
  { path }: UserKey,
  { periods }: SliceSpace,
  costs: SpaceCosts,
): Promise<Slice> {
  const { catalog } = context
  const { model, time, measure } = metricOf(context, verdict)
  const since = periods[window.from]!
  const end = periods[window.to] ?? addPeriods(periods.at(-1)!, 1, verdict.hypothesis.grain)
  const stretch =
    movement.change > 0 ? { from: since, to: end } : { from: addPeriods(since, -daysBefore, 'day'), to: since }
  const conditions = verdict.hypothesis.slice.map((one) => writeSliceCondition(catalog, model, one))
  const text = [
    `from ${quoteName(model)}`,
    `where ${[...conditions, writeStretch(time, stretch), `${quotePath(path.split('.'))} is not empty`].join(' and ')}`,
    `group by who = ${quotePath(path.split('.'))}: rows = count(), most = ${measure}`,
    `top ${usersMax} by ${verdict.kind === 'amount' ? 'most' : 'rows'}`,
  ].join('\n')
  const { rows, ms } = await runExploration(context, text, { limits: { rowsMax: usersMax } })
  costs.queries += 1
  costs.warehouseMs += ms
  return rows.map(([value]): SliceValue => ({ field: path, value: value as SliceValue['value'] }))
}
