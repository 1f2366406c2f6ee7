import { Failure } from '../../base/failure.ts'
import { formatChange } from '../../base/format.ts'
import type { Candidate, SliceSpace, Story } from '../../findings/candidate.ts'
import { isNotable } from '../../findings/choose-candidates.ts'
import { type Movement, measureMovement } from '../../findings/explain/measure-movement.ts'
import { findYearBefore, hasPast } from '../../findings/explain/recurs-yearly.ts'
import { phraseSlice } from '../../findings/tell/label-slice.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { EngineContext } from '../context.ts'
import { isPortrait, metricOf, type NotTold, type Spaces } from './tell-stories.ts'

interface Years {
  readonly spaces: Spaces
  /** The same of a year before. */
  readonly yearBefore: Spaces
}

/**
 * The stories that came a year before as well: a summer, a school year, the end of a budget. The history that detectors judge is hardly longer than a
 * year, so that they take each of them for something new; whoever knows the trade does not. Costs a query for each set of fields that stories are about,
 * where the table goes back so far.
 */
export async function findYearly(context: EngineContext, stories: readonly Story[], years: Years): Promise<NotTold> {
  const found = new Map<Story, Movement>()
  for (const story of stories) {
    if (story.fault || isPortrait(context, story.lead.verdict)) continue
    const then = await lookAtYearBefore(context, story.lead, years)
    if (then) found.set(story, then)
  }
  const withheld = [...found].map(([{ lead }, then]) => {
    const { model, slice } = lead.verdict.hypothesis
    const what = `${metricOf(context, lead.verdict).label} ${phraseSlice(context.catalog, model, slice)}`.trim()
    const [now, before] = [formatChange(lead.movement.change), formatChange(then.change)]
    return { what, why: `${now} since ${lead.verdict.numbers.from}, as in the same weeks a year before (${before})` }
  })
  return { stories: new Set(found.keys()), withheld }
}

/** The slices that one is part of: without one of its conditions, and without any. */
const listParents = (slice: Slice): readonly Slice[] =>
  slice.length < 2 ? [] : slice.map((_, at) => slice.filter((_one, other) => other !== at))

/** What the slice, or a larger one whose movement it only shares, did in the same weeks a year before, if it did the same. */
async function lookAtYearBefore(
  context: EngineContext,
  lead: Candidate,
  { spaces, yearBefore }: Years,
): Promise<Movement | undefined> {
  const { model, name, time } = metricOf(context, lead.verdict)
  const { window, movement } = lead
  const { slice } = lead.verdict.hypothesis
  const [today, before] = [spaces(model, time), yearBefore(model, time)]
  try {
    const whole = await before.partsOf(name, [], [])
    const firstRow = whole?.rows.findIndex((rows) => rows > 0) ?? -1
    if (!hasPast({ window, season: before.season }, firstRow)) return undefined
    for (const one of [slice, ...listParents(slice)]) {
      const now = one === slice ? movement : await measureIn(today, lead, one)
      const then = now && (await before.partsOf(name, one, slice))
      const found = then && findYearBefore(now, { ...before, parts: then, window }, firstRow)
      if (found && (one === slice || sharesMovement(lead, now, today))) return found
    }
    return undefined
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    context.log.warn({ model }, `the year before was not looked at: ${error.message}`)
    return undefined
  }
}

async function measureIn(
  space: SliceSpace,
  { verdict, window }: Candidate,
  slice: Slice,
): Promise<Movement | undefined> {
  const parts = await space.partsOf(verdict.hypothesis.metric, slice, verdict.hypothesis.slice)
  return parts && measureMovement({ ...space, parts, window })
}

/** Whether nothing worth telling is left of a movement once that of a larger slice is taken out. */
function sharesMovement({ parts, window, movement }: Candidate, larger: Movement, space: SliceSpace): boolean {
  const net = measureMovement({ ...space, parts, window, common: 1 + larger.change })
  return net !== undefined && !(isNotable(net) && net.change * movement.change > 0)
}
