import { daysBetween } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { Driver } from '../drivers/find-drivers.ts'
import type { Controlled } from '../errors/control-errors.ts'
import type { DataFault } from '../faults/data-fault.ts'
import { writeFault } from '../faults/write-fault.ts'
import type { Finding, FindingState, Score } from '../finding.ts'
import { type Heard, hearFeedback } from './hear-feedback.ts'
import { type Identity, readIdentity, settleIdentity } from './identify-finding.ts'
import { labelFields, labelSlice, labelStatement, phraseSlice } from './label-slice.ts'
import { hasSide, isPatternKind, isToldOnce } from './pattern.ts'
import { scoreFinding } from './score-finding.ts'
import { writeHeadline } from './write-headline.ts'
import { lowerFirst, writeLead } from './write-lead.ts'
import { writePattern } from './write-pattern.ts'

export interface FindingInput {
  readonly catalog: Catalog
  readonly metric: Metric
  readonly lead: Controlled
  /** Others that tell the same story. */
  readonly merged: readonly Controlled[]
  /** Present where the story is about the data. */
  readonly fault?: DataFault | undefined
  readonly drivers: readonly Driver[]
  /** Movement (or distance from what was expected) as a share of what the whole metric was expected to be, 0 and up. */
  readonly share: number
  /** How surprising, as a z. */
  readonly strength: number
  /** How much a finding of its kind says, 0..1. */
  readonly kindWeight?: number
  /** Last full day judged. */
  readonly asOf: string
  readonly cycleId: string
  /** Findings of the cycle before. */
  readonly before: readonly Finding[]
  /** What readers said. */
  readonly feedback?: readonly Heard[]
}

/** A story as it is told: identity, score and sentence. The rank is set when all are there. */
export function composeFinding(input: FindingInput): Finding {
  const { catalog, metric, lead, merged, fault, drivers, asOf, cycleId, before } = input
  const { verdict, qValue } = lead
  const told = fault && writeFault(fault, verdict.hypothesis.grain, catalog)
  const { hypothesis, numbers } = verdict
  const { model, slice, grain, origin, with: other } = hypothesis
  const { to, observed, expected, low, high, change, pValue } = numbers
  const identity = readIdentity({ lead, ...(fault && { fault }) })
  const { kind, from, direction } = identity
  const { key, state } = settleIdentity(identity, before)
  const hearing = hearFeedback({ ...identity, change }, input.feedback ?? [], asOf)
  const score = scoreStory(input, { identity, state, fit: hearing.fit })
  const { label: metricLabel } = metric
  // of two measures the number told is their correlation, which has no unit
  const { unit, format } = styleOf(metric, kind, other !== undefined)
  return {
    rank: 0,
    key,
    kind,
    model,
    metric: metric.name,
    metricLabel,
    measure: metric.measure,
    unit,
    format,
    grain,
    slice,
    ...(origin !== 'template' && { origin }),
    ...(identity.with && { with: identity.with }),
    ...(identity.by && { by: identity.by }),
    ...(identity.goal && { goal: identity.goal }),
    sliceLabel: labelSlice(catalog, model, slice),
    direction,
    good: metric.good === undefined || fault || other || !hasSide(kind) ? undefined : metric.good === direction,
    from,
    to: fault?.kind === 'pipeline_fault' ? fault.to : to,
    observed,
    expected,
    low,
    high,
    change,
    pValue,
    qValue,
    ...(numbers.named && { named: numbers.named }),
    score,
    state: hearing.state ?? state,
    ...(hearing.muted !== undefined && { muted: hearing.muted }),
    ...(hearing.heard.length > 0 && { heard: hearing.heard }),
    headline: writeSentence(input, { unit, format }),
    ...told,
    drivers: drivers.map((driver) => ({ ...driver, label: labelSlice(catalog, model, driver.slice) })),
    merged: [...new Set(merged.map(({ verdict }) => labelStatement(catalog, verdict.hypothesis)))],
    exploration: hypothesis.text,
    hypothesisKey: hypothesis.key,
    cycleId,
  }
}

/** How much a story is worth: its factors, by what is known of it and what readers said (`fit`). */
function scoreStory(
  { catalog, metric, lead, fault, share, strength, kindWeight = 1, asOf }: FindingInput,
  { identity, state, fit }: { readonly identity: Identity; readonly state: FindingState; readonly fit: number },
): Score {
  const { kind, from, goal } = identity
  const { model, slice } = lead.verdict.hypothesis
  const { qValue } = lead
  return scoreFinding({
    qValue,
    share,
    strength,
    state,
    // what stands is news once: it is as old as its telling, and so is the history of a table that is looked at as a whole
    ageDays: from === null || kind === 'trend' || goal || catalog.models[model]?.portrait ? 0 : daysBetween(from, asOf),
    // nothing is over in the history of a table
    isOver: lead.verdict.numbers.to !== null && catalog.models[model]?.portrait !== true,
    conditions: fault ? 1 : slice.length,
    hasGood: fault ? fault.kind === 'pipeline_fault' : metric.good !== undefined,
    kindWeight,
    fit,
  })
}

/** What a verdict says in one sentence. */
function writeSentence({ catalog, metric, lead }: FindingInput, style: Pick<Finding, 'unit' | 'format'>): string {
  const { hypothesis, numbers, kind: measureKind } = lead.verdict
  const { model, slice, grain, detector: kind, with: other, by } = hypothesis
  const phrase = phraseSlice(catalog, model, slice)
  const about = { metricLabel: metric.label, ...style, grain, kind, measureKind, phrase }
  if (isPatternKind(kind)) return writePattern({ ...about, numbers, fieldLabels: labelFields(catalog, model, by) })
  const otherLabel = other && catalog.models[other.model]?.metrics[other.metric]?.label
  if (kind === 'lead_lag') {
    const own = Object.values(catalog.models[model]?.metrics ?? {}).find((one) => one.measure === metric.measure)
    const sentence = writeLead(numbers, [own?.label ?? metric.label, otherLabel ?? ''], grain)
    return hypothesis.subject ? `${metric.label}: ${lowerFirst(sentence)}` : sentence
  }
  const { from, to, observed, expected, change, direction, periods } = numbers
  return writeHeadline({ ...about, from, to, observed, expected, change, direction, periods, otherLabel })
}

/** A correlation has no unit, and what the largest hold is a share, whatever the metric's unit. */
function styleOf(metric: Metric, kind: string, isOfTwo: boolean): Pick<Metric, 'unit' | 'format'> {
  if (isOfTwo) return { unit: undefined, format: 'number' }
  return kind === 'concentration' ? { unit: undefined, format: 'percent' } : metric
}

/** What a further finding about the same measure, or by the same field, counts beside the ones before it. */
const repeated = 0.94

const scopesOf = ({ from, kind, model, measure, slice }: Finding): readonly string[] =>
  from !== null && kind !== 'trend'
    ? []
    : [
        `${model} ${measure}`,
        ...(slice.length === 0 ? [`${model} whole`] : slice.map(({ field }) => `${model} by ${field}`)),
      ]

/**
 * Best first; ties are broken by what does not change from run to run. Of what stands there can be a dozen of one measure or one field: each
 * further one counts less, so that the first ones are about different things (after Carbonell and Goldstein 1998). What is told once comes last.
 */
export function rankFindings(findings: readonly Finding[]): readonly Finding[] {
  const open = [...findings].sort(
    (a, b) => b.score.total - a.score.total || a.pValue - b.pValue || (a.key < b.key ? -1 : 1),
  )
  const seen = new Map<string, number>()
  const worth = (one: Finding) =>
    scopesOf(one).reduce((total, scope) => total * repeated ** (seen.get(scope) ?? 0), one.score.total) -
    Number(isToldOnce(one.kind))
  const ranked: Finding[] = []
  while (open.length > 0) {
    const best = open.reduce((most, one, at) => (worth(one) > worth(open[most]!) ? at : most), 0)
    const [next] = open.splice(best, 1)
    for (const scope of scopesOf(next!)) seen.set(scope, (seen.get(scope) ?? 0) + 1)
    ranked.push({ ...next!, rank: ranked.length + 1 })
  }
  return ranked
}
