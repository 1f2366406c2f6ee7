import { Failure } from '../../base/failure.ts'
import { countNoun, formatChange } from '../../base/format.ts'
import { addPeriods } from '../../base/periods.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import type { Candidate, SliceSpace, Story } from '../../findings/candidate.ts'
import { addParts, type Parts } from '../../findings/explain/parts.ts'
import { cameOrWent, isPassing, restsOnFew } from '../../findings/explain/rests-on-few.ts'
import { isOfUnits, type UnitSums } from '../../findings/explain/weigh-units.ts'
import { phraseSlice } from '../../findings/tell/label-slice.ts'
import { findUserKey, listOwnerKeys, type UnitKey } from '../../hypotheses/accounts/find-account-keys.ts'
import type { Slice, SliceValue } from '../../hypotheses/hypothesis.ts'
import { writeSliceCondition, writeStretch } from '../../hypotheses/write/write-exploration.ts'
import { runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import type { SpaceCosts } from '../plan/open-space.ts'
import { isPortrait, metricOf, type NotTold, type Spaces } from './tell-stories.ts'

/** Whose doing a movement may be. */
interface Unit extends UnitKey {
  /** Largest ones that are looked at. */
  readonly most: number
  /** Whether only those are meant that came or went with the movement. */
  readonly passes: boolean
}

interface Asking {
  readonly context: EngineContext
  readonly spaces: Spaces
  readonly costs: SpaceCosts
  /** Path of a key, by model and time → whether what it names comes and goes. */
  readonly known: Map<string, boolean>
}

/**
 * The stories of a slice that are those of a few. Rows are what detectors count, but they belong together: of up to three users, where users have no accounts
 * (a user with thousands of rows makes a level of its own where it comes or goes: a hundred times as many purchases from Austria are one player), and of up to
 * five of those things that a slice is cut by and that come and go all the time (of a concert that went on sale, of a campaign that ended). Of accounts it is
 * told with the account (`explainShown`). Costs two to four queries a story.
 */
export async function findOfFew(
  context: EngineContext,
  stories: readonly Story[],
  spaces: Spaces,
  costs: SpaceCosts,
): Promise<NotTold> {
  const found = new Map<Story, string>()
  const asking: Asking = { context, spaces, costs, known: new Map() }
  for (const story of stories) {
    if (story.fault || isPortrait(context, story.lead.verdict)) continue
    const who = await findFew(asking, story.lead)
    if (who) found.set(story, who)
  }
  const withheld = [...found].map(([{ lead }, who]) => {
    const { model, slice } = lead.verdict.hypothesis
    const what = `${metricOf(context, lead.verdict).label} ${phraseSlice(context.catalog, model, slice)}`
    return { what, why: `${formatChange(lead.movement.change)} since ${lead.verdict.numbers.from}${who}` }
  })
  return { stories: new Set(found.keys()), withheld }
}

function listUnits({ catalog }: EngineContext, { verdict }: Candidate): readonly Unit[] {
  const { model, slice } = verdict.hypothesis
  const user = slice.length > 0 ? findUserKey(catalog, model) : undefined
  return [
    ...(user ? [{ ...user, most: 3, passes: false }] : []),
    ...listOwnerKeys(catalog, model, slice).map((one) => ({ ...one, most: 5, passes: true })),
  ]
}

/** Whose doing a movement is, in words; undefined where others share it. */
async function findFew(asking: Asking, lead: Candidate): Promise<string | undefined> {
  const { model } = lead.verdict.hypothesis
  try {
    for (const unit of listUnits(asking.context, lead)) {
      if (unit.passes && !(await comesAndGoes(asking, lead, unit))) continue
      const few = await countFew(asking, lead, unit)
      const name = unit.label.toLowerCase()
      if (few > 0) return ` by ${countNoun(few, name)} alone`
      const usual = unit.passes ? undefined : await findComingAndGoing(asking, lead, unit)
      if (usual !== undefined) return `, which ${countNoun(usual, name)} that come and go can make by chance`
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    asking.context.log.warn({ model }, `whether a few make it all was not looked at: ${error.message}`)
  }
  return undefined
}

/** How many of the largest make the movement; 0 where others share it. */
async function countFew(asking: Asking, lead: Candidate, unit: Unit): Promise<number> {
  const { model, time, name } = metricOf(asking.context, lead.verdict)
  const { slice } = lead.verdict.hypothesis
  const space = asking.spaces(model, time)
  let own: Parts | undefined
  let few = 0
  for (const one of await listLargest(asking, lead, unit, space)) {
    const within: Slice = [...slice, one]
    const more = await space.partsOf(name, within, within)
    if (!more) return 0
    if (unit.passes && !cameOrWent(more, lead.window, space.season)) continue
    own = own ? addParts(own, more) : more
    few += 1
    if (restsOnFew(lead.movement, { ...space, parts: lead.parts, window: lead.window }, own)) return few
  }
  return 0
}

/** Days before a movement whose largest may be the one that left. */
const daysBefore = 56

/** Whoever has most of what the metric counts in the slice: since a rise or a change of values, and before a fall. */
async function listLargest(
  { context, costs }: Asking,
  { verdict, window, movement }: Candidate,
  { path, most }: Unit,
  { periods }: SliceSpace,
): Promise<Slice> {
  const { catalog } = context
  const { model, time, measure } = metricOf(context, verdict)
  const since = periods[window.from]!
  const end = periods[window.to] ?? addPeriods(periods.at(-1)!, 1, verdict.hypothesis.grain)
  const isSum = verdict.kind === 'amount'
  const stretch =
    movement.change > 0 || !(isSum || verdict.kind === 'count')
      ? { from: since, to: end }
      : { from: addPeriods(since, -daysBefore, 'day'), to: since }
  const conditions = verdict.hypothesis.slice.map((one) => writeSliceCondition(catalog, model, one))
  const key = quotePath(path.split('.'))
  const text = [
    `from ${quoteName(model)}`,
    `where ${[...conditions, writeStretch(time, stretch), `${key} is not empty`].join(' and ')}`,
    `group by who = ${key}: rows = count(), most = ${measure}`,
    `top ${most} by ${isSum ? 'most' : 'rows'}`,
  ].join('\n')
  const { rows, ms } = await runExploration(context, text, { limits: { rowsMax: most } })
  costs.queries += 1
  costs.warehouseMs += ms
  return rows.map(([value]): SliceValue => ({ field: path, value: value as SliceValue['value'] }))
}

/** How many users a movement of a count is of, where as many come and go by chance; undefined where more than that moved. */
async function findComingAndGoing(
  { context, spaces, costs }: Asking,
  { verdict, window, movement, net }: Candidate,
  { path }: Unit,
): Promise<number | undefined> {
  if (verdict.kind !== 'count') return undefined
  const { catalog } = context
  const { model, time } = metricOf(context, verdict)
  const { periods } = spaces(model, time)
  const since = periods[window.from]!
  const end = periods[window.to] ?? addPeriods(periods.at(-1)!, 1, verdict.hypothesis.grain)
  const conditions = verdict.hypothesis.slice.map((one) => writeSliceCondition(catalog, model, one))
  const [key, when] = [path, time].map((one) => quotePath(one.split('.'))) as [string, string]
  const stretch = writeStretch(time, { from: addPeriods(since, -daysBefore, 'day'), to: end })
  const text = [
    `from ${quoteName(model)}`,
    `where ${[...conditions, stretch, `${key} is not empty`].join(' and ')}`,
    `group by who = ${key}: inside = count(where ${when} >= ${since}), before = count(where ${when} < ${since})`,
    'group all: users = count(), inside = sum(inside), before = sum(before), inside2 = sum(inside * inside), both = sum(inside * before), before2 = sum(before * before)',
  ].join('\n')
  const { rows, ms } = await runExploration(context, text, { limits: { rowsMax: 1 } })
  costs.queries += 1
  costs.warehouseMs += ms
  const [users = 0, inside = 0, before = 0, insideSquares = 0, products = 0, beforeSquares = 0] = (rows[0] ?? []).map(
    Number,
  )
  const sums: UnitSums = { inside, before, insideSquares, products, beforeSquares }
  return isOfUnits(sums, net ?? movement) ? undefined : users
}

/** Whether things of a kind begin all the time: one of them that began, or ended, is how they live. */
async function comesAndGoes(
  { context, spaces, costs, known }: Asking,
  { verdict }: Candidate,
  { path }: Unit,
): Promise<boolean> {
  const { model, time } = metricOf(context, verdict)
  const name = [model, time, path].join('\n')
  const seen = known.get(name)
  if (seen !== undefined) return seen
  const { periods } = spaces(model, time)
  const { grain } = verdict.hypothesis
  const [key, when] = [path, time].map((one) => quotePath(one.split('.'))) as [string, string]
  const stretch = { from: periods[0]!, to: addPeriods(periods.at(-1)!, 1, grain) }
  const text = [
    `from ${quoteName(model)}`,
    `where ${writeStretch(time, stretch)} and ${key} is not empty`,
    `group by who = ${key}: began = min(${when})`,
    `where began >= ${addPeriods(stretch.from, daysBefore, 'day')}`,
    'group all: began = count()',
  ].join('\n')
  const { rows, ms } = await runExploration(context, text, { limits: { rowsMax: 1 } })
  costs.queries += 1
  costs.warehouseMs += ms
  const passes = isPassing(Number(rows[0]?.[0] ?? 0), stretch)
  known.set(name, passes)
  return passes
}
