import { Failure } from '../../base/failure.ts'
import { countNoun, formatChange } from '../../base/format.ts'
import { pluralise } from '../../dsl/words/describe-expression.ts'
import type { Candidate, Story } from '../../findings/candidate.ts'
import { measureMovement } from '../../findings/explain/measure-movement.ts'
import { addParts, type Parts } from '../../findings/explain/parts.ts'
import { cameOrWent, isPassing, restsOnFew } from '../../findings/explain/rests-on-few.ts'
import { isMoreThanChance } from '../../findings/explain/weigh-units.ts'
import { phraseSlice } from '../../findings/tell/label-slice.ts'
import { findRowKey, findUnitKey, listOwnerKeys, type UnitKey } from '../../hypotheses/accounts/find-unit-keys.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { EngineContext } from '../context.ts'
import type { SpaceCosts } from '../plan/open-space.ts'
import { countBeginnings, listLargest, readUnits, type UnitQuestions, unitsMax } from './ask-units.ts'
import { isPortrait, metricOf, type NotTold, type Spaces } from './tell-stories.ts'

/** Whose doing a movement may be. */
interface Unit extends UnitKey {
  /** Largest ones that are looked at. */
  readonly most: number
  /** Whether only those are meant that came or went with the movement. */
  readonly passes: boolean
}

interface Asking extends UnitQuestions {
  /** Path of a key, by model and time → whether what it names comes and goes. */
  readonly known: Map<string, boolean>
}

/**
 * The stories of a slice that are those of a few. Rows are what detectors count, but they belong together: of up to three accounts, or users where these have no
 * accounts (one with thousands of rows makes a level of its own where it comes or goes: a hundred times as many purchases from Austria are one player), of up to three rows of a sum or mean where these belong to neither, and of up to
 * five of those things that a slice is cut by and that come and go all the time (of a concert that went on sale, of a campaign that ended). A fall of a twentieth of
 * the whole metric that a few accounts make is told with them (`explainShown`). Costs one to seven queries a story.
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

function listUnits({ context: { catalog }, spaces }: Asking, { verdict }: Candidate): readonly Unit[] {
  const { kind, hypothesis } = verdict
  const { model, slice } = hypothesis
  const metric = catalog.models[model]?.metrics[hypothesis.metric]
  const isOfValues = kind === 'amount' || kind === 'mean'
  // the median of a group is no sum of what its rows do
  const addsUp = metric !== undefined && spaces(model, metric.time).addsUp?.(metric.name) !== false
  const rows = isOfValues && addsUp ? findRowKey(catalog, model) : undefined
  const unit = slice.length > 0 ? (findUnitKey(catalog, model) ?? rows) : undefined
  return [
    ...(unit ? [{ ...unit, most: 3, passes: false }] : []),
    ...listOwnerKeys(catalog, model, slice).map((one) => ({ ...one, most: 5, passes: true })),
  ]
}

/** Whose doing a movement is, in words; undefined where others share it. */
async function findFew(asking: Asking, lead: Candidate): Promise<string | undefined> {
  const { model } = lead.verdict.hypothesis
  try {
    for (const unit of listUnits(asking, lead)) {
      if (unit.passes && !(await comesAndGoes(asking, lead, unit))) continue
      // what all others did hides what those who are left did
      const few = lead.isAgainst && !unit.passes ? 0 : await countFew(asking, lead, unit)
      const names = [unit.label.toLowerCase(), pluralise(unit.label)] as const
      if (few > 0 && unit.isAccount && isFallOfRows(lead) && (await isLarge(asking, lead))) continue
      if (few > 0) return ` by ${countNoun(few, ...names)} alone`
      const usual = unit.passes ? undefined : await findComingAndGoing(asking, lead, unit)
      if (usual !== undefined) return `, which ${countNoun(usual, ...names)} that come and go can make by chance`
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    asking.context.log.warn({ model }, `whether a few make it all was not looked at: ${error.message}`)
  }
  return undefined
}

/** Fewer rows, or less of a sum: what an account that goes quiet leaves behind, and news with its name. */
const isFallOfRows = ({ verdict: { kind }, movement }: Candidate): boolean =>
  movement.change < 0 && (kind === 'count' || kind === 'amount')

/** Part of the whole metric that accounts which left have to leave behind: of hundreds of them some always leave, and some slice is mostly theirs. */
const leftBehindMin = 0.05

async function isLarge({ context, spaces }: Asking, { verdict, window, movement }: Candidate): Promise<boolean> {
  const { model, time, name } = metricOf(context, verdict)
  const space = spaces(model, time)
  const parts = await space.partsOf(name, [], [])
  const whole = parts && measureMovement({ ...space, parts, window })
  return !whole || Math.abs(movement.expected - movement.actual) >= leftBehindMin * Math.abs(whole.expected)
}

/** How many of the largest make the movement; 0 where others share it. */
async function countFew(asking: Asking, lead: Candidate, unit: Unit): Promise<number> {
  const { model, time, name } = metricOf(asking.context, lead.verdict)
  const { slice } = lead.verdict.hypothesis
  const space = asking.spaces(model, time)
  let own: Parts | undefined
  let few = 0
  for (const one of await listLargest(asking, lead, unit, unit.most)) {
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

/** How many accounts or users a movement is of, where as many come and go by chance; undefined where more than that moved. */
async function findComingAndGoing(asking: Asking, lead: Candidate, unit: Unit): Promise<number | undefined> {
  const { kind, hypothesis } = lead.verdict
  if (unit.isRow && countRows(lead) >= unitsMax) return undefined
  const units = await readUnits(asking, lead, unit)
  const asked = { isRate: kind === 'ratio' || kind === 'mean', conditions: hypothesis.slice.length }
  if (!units || isMoreThanChance(units, lead.net ?? lead.movement, asked)) return undefined
  return units.length
}

const countRows = ({ parts, window }: Candidate): number =>
  parts.rows.subarray(window.from, window.to).reduce((sum, rows) => sum + rows, 0)

/** Whether things of a kind begin all the time: one of them that began, or ended, is how they live. */
async function comesAndGoes(asking: Asking, lead: Candidate, unit: Unit): Promise<boolean> {
  const { model, time } = metricOf(asking.context, lead.verdict)
  const name = [model, time, unit.path].join('\n')
  const seen = asking.known.get(name)
  if (seen !== undefined) return seen
  const { began, history } = await countBeginnings(asking, lead, unit)
  const passes = isPassing(began, history)
  asking.known.set(name, passes)
  return passes
}
