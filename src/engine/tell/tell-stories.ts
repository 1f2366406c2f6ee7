import { invariant } from '../../base/invariant.ts'
import type { Metric } from '../../catalog/catalog.ts'
import type { Candidate, SliceSpace, Story } from '../../findings/candidate.ts'
import { type Dismissal, toCandidate } from '../../findings/choose-candidates.ts'
import type { Controlled } from '../../findings/errors/control-errors.ts'
import { isCalmWithout } from '../../findings/explain/calm-without.ts'
import { isWithin } from '../../findings/explain/compare-slices.ts'
import { explainMovements } from '../../findings/explain/explain-movements.ts'
import { mergeStories } from '../../findings/explain/merge-stories.ts'
import type { RenamedValue } from '../../findings/faults/data-fault.ts'
import { findRenamedValues } from '../../findings/faults/find-renamed-values.ts'
import { tellPipelineFault } from '../../findings/faults/tell-pipeline-fault.ts'
import { isMadeBy, tellRenames } from '../../findings/faults/tell-renames.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { isNotablePattern, isParting, isPattern } from '../../findings/tell/pattern.ts'
import type { Withheld } from '../../hypotheses/data/profile-model.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { EngineContext } from '../context.ts'

/** Stories that held up and are not told. */
export interface NotTold {
  readonly stories: ReadonlySet<Story>
  /** Each of them, and why, in words. */
  readonly withheld: readonly Withheld[]
}

/** The tables of a model by one of its times. */
export type Spaces = (model: string, time: string) => SliceSpace

export const isPortrait = ({ catalog }: EngineContext, { hypothesis }: StoredVerdict): boolean =>
  catalog.models[hypothesis.model]?.portrait === true

export const metricOf = ({ catalog }: EngineContext, { hypothesis }: StoredVerdict): Metric => {
  const { subject, model, metric: name, measure } = hypothesis
  if (subject) return { name, model, measure, ...subject, description: undefined, time: '', slices: [] }
  const metric = catalog.models[hypothesis.model]?.metrics[hypothesis.metric]
  invariant(metric, `metric \`${hypothesis.metric}\` is in the catalog that it was planned from`)
  return metric
}

type Dismissed = Map<Controlled['verdict'], Dismissal>

/**
 * Explains what held up, metric by metric; what is a matter of the data comes first, then metrics that tell the same are merged. Notes in `dismissed` what is
 * no movement worth telling.
 */
async function tellStories(
  context: EngineContext,
  heldUp: readonly Controlled[],
  spaces: Spaces,
  renames: readonly RenamedValue[],
  dismissed: Dismissed,
  almost: readonly Controlled[],
): Promise<readonly Story[]> {
  const groups = new Map<string, { readonly space: SliceSpace; readonly candidates: Candidate[] }>()
  for (const controlled of heldUp) {
    const metric = metricOf(context, controlled.verdict)
    const space = spaces(metric.model, metric.time)
    const candidate = await toCandidate(controlled, metric, space, isPortrait(context, controlled.verdict))
    if (typeof candidate === 'string') {
      dismissed.set(controlled.verdict, candidate)
      continue
    }
    const key = `${metric.model}.${metric.name}`
    const group = groups.get(key) ?? { space, candidates: [] }
    group.candidates.push(candidate)
    groups.set(key, group)
  }
  const stories: Story[] = []
  const isRenamed = (one: Candidate) => renames.some((rename) => isMadeBy(one, rename, context.catalog))
  for (const { space, candidates } of groups.values()) {
    // what a new name makes moves nothing, and is no part of what else moved
    const moved = candidates.filter((one) => !isRenamed(one))
    stories.push(...(await explainMovements(moved, space, await findAlmost(context, moved, space, almost))))
    stories.push(...candidates.filter(isRenamed).map((lead) => ({ lead, merged: [] })))
  }
  const named = tellRenames<Candidate, Story>(stories, renames, context.catalog)
  const spaceOf = ({ verdict }: Candidate) => spaces(verdict.hypothesis.model, metricOf(context, verdict).time)
  const told = await tellPipelineFault(named, { catalog: context.catalog, spaceOf })
  return [
    ...told.filter(({ fault }) => fault),
    ...(await mergeStories(
      told.filter(({ fault }) => !fault),
      {
        catalog: context.catalog,
        timeOf: ({ verdict }) => metricOf(context, verdict).time,
        isCalmWithout: (wide, { verdict }) => {
          // what is told of the same metric is told already
          const own = told.filter(({ lead }) => isPartOf(lead, wide))
          const others = own.map(({ lead }) => lead.verdict.hypothesis.slice)
          return isCalmWithout(wide, verdict.hypothesis.slice, others, spaceOf(wide))
        },
      },
    )),
  ]
}

/** Whether it is of the same metric, in a part of the rows. */
function isPartOf(
  { verdict: { hypothesis: part } }: Candidate,
  { verdict: { hypothesis: whole } }: Candidate,
): boolean {
  const isOfMetric = part.model === whole.model && part.metric === whole.metric
  return isOfMetric && part.slice.length > whole.slice.length && isWithin(part.slice, whole.slice)
}

/** Parts of what held up, and what these are parts of, that almost did, as candidates. */
async function findAlmost(
  context: EngineContext,
  candidates: readonly Candidate[],
  space: SliceSpace,
  almost: readonly Controlled[],
): Promise<readonly Candidate[]> {
  const slices = candidates.map(({ verdict }) => verdict.hypothesis)
  const found: Candidate[] = []
  for (const controlled of almost) {
    const { model, metric, slice } = controlled.verdict.hypothesis
    const isNext = (one: Slice) =>
      (one.length === slice.length - 1 && isWithin(slice, one)) ||
      (one.length === slice.length + 1 && isWithin(one, slice))
    const isNear = slices.some((one) => one.model === model && one.metric === metric && isNext(one.slice))
    const candidate = isNear && (await toCandidate(controlled, metricOf(context, controlled.verdict), space))
    if (candidate && typeof candidate !== 'string') found.push(candidate)
  }
  return found
}

interface Movements {
  readonly stories: readonly Story[]
  readonly patterns: readonly Controlled[]
  /** Why others are no movement worth telling. */
  readonly dismissed: ReadonlyMap<Controlled['verdict'], Dismissal>
}

/**
 * Movements as stories, and the patterns that are none of them. That a value left its siblings is looked at as a movement of that value, too: net of what
 * all of them do, it is often seen surer than any level by itself, and the slice that explains it may be a part of that value. What moved too little
 * against its own weeks before stays a pattern. `almost` did not hold up by itself, and may say where in what did it lies.
 */
export async function tellMovements(
  context: EngineContext,
  heldUp: readonly Controlled[],
  spaces: Spaces,
  renames: readonly RenamedValue[],
  almost: readonly Controlled[],
): Promise<Movements> {
  const looked = heldUp.filter(
    ({ verdict }) =>
      !isPattern(verdict) ||
      (isParting(verdict.hypothesis.detector, verdict.hypothesis.slice) && isNotablePattern(verdict)),
  )
  const dismissed: Dismissed = new Map()
  const stories = await tellStories(context, looked, spaces, renames, dismissed, almost)
  const merged = new Set(stories.flatMap((story) => [story.lead, ...story.merged].map(({ verdict }) => verdict)))
  const isOpen = ({ verdict }: Controlled) => !merged.has(verdict) && (dismissed.get(verdict) ?? 'apart') === 'apart'
  return { stories, patterns: heldUp.filter((one) => isPattern(one.verdict) && isOpen(one)), dismissed }
}

/** Values that go on under another name, in the fields that anything which held up is about. Whole histories of small tables are not looked at. */
export async function findNewNames(
  context: EngineContext,
  heldUp: readonly Controlled[],
  spaces: Spaces,
): Promise<readonly RenamedValue[]> {
  const { catalog } = context
  const asked = new Map<string, { readonly metric: Metric; readonly field: string }>()
  for (const { verdict } of heldUp) {
    // what is no metric of the catalog has no tables to look for names in
    if (isPortrait(context, verdict) || verdict.hypothesis.subject) continue
    const metric = metricOf(context, verdict)
    const { slice, by = [] } = verdict.hypothesis
    for (const field of [...slice.map((one) => one.field), ...by])
      asked.set([metric.model, metric.time, field].join('\n'), { metric, field })
  }
  const found: RenamedValue[] = []
  for (const key of [...asked.keys()].sort()) {
    const { metric, field } = asked.get(key)!
    const space = spaces(metric.model, metric.time)
    const others = metric.slices.filter((one) => one !== field)
    found.push(
      ...(await findRenamedValues({ catalog, space, model: metric.model, metric: metric.name, field, others })),
    )
  }
  const nameOf = ({ owned, from, to }: RenamedValue) => JSON.stringify([owned, from, to])
  return found.filter((one, at) => found.findIndex((other) => nameOf(other) === nameOf(one)) === at)
}
