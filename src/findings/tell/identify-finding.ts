import { createHash } from 'node:crypto'
import { daysBetween } from '../../base/periods.ts'
import { identifySlice } from '../../hypotheses/series/scan-table.ts'
import type { Controlled } from '../errors/control-errors.ts'
import type { DataFault } from '../faults/data-fault.ts'
import type { Finding, FindingState } from '../finding.ts'
import { aboutOf, isParting, isPatternOf, readGoal } from './pattern.ts'

export type Identity = Pick<
  Finding,
  'kind' | 'model' | 'metric' | 'slice' | 'direction' | 'from' | 'with' | 'by' | 'renamed' | 'goal'
>

/** What a story is about, as its lead and the fault of the data behind it say. */
export function readIdentity({ lead, fault }: { readonly lead: Controlled; readonly fault?: DataFault }): Identity {
  const { detector, model, metric, slice, with: other, by } = lead.verdict.hypothesis
  const { direction, from } = lead.verdict.numbers
  const goal = readGoal(lead.verdict)
  const second = { ...(other && { with: other }), ...(by && { by }), ...(goal && { goal }) }
  const identity = { kind: detector, model, metric, slice, direction, from, ...second }
  if (!fault) return identity
  const { kind, since } = fault
  if (kind === 'pipeline_fault') return { ...identity, kind, from: since }
  const { field, from: old, to } = fault
  return { ...identity, kind, from: since, renamed: { field, from: old, to } }
}

/** Hash of kind, metric, slice, direction and onset; URL-safe. Of a rename: of the names; of a fault of the pipeline: of direction and onset. */
export function identifyFinding(identity: Identity): string {
  const { renamed, kind, model } = identity
  return renamed
    ? hash([kind, model, renamed.field, String(renamed.from), String(renamed.to)])
    : hash(listNames(identity))
}

const hash = (names: readonly string[]): string =>
  createHash('sha256').update(names.join('\n')).digest('base64url').slice(0, 20)

function listNames(identity: Identity): readonly string[] {
  const { kind, model, metric, slice, direction, from, with: other, by = [], goal } = identity
  const named = [kind, model, metric, identifySlice(slice), direction, from ?? '']
  return [...named, ...(other ? [other.metric] : []), ...by, ...(goal ? [goal.period, String(goal.value)] : [])]
}

const isSameRename = (a: Identity, b: Identity): boolean =>
  a.model === b.model &&
  a.renamed?.field === b.renamed?.field &&
  a.renamed?.from === b.renamed?.from &&
  a.renamed?.to === b.renamed?.to

/** Days by which the estimated onset of one story may move from cycle to cycle, as its data grow. */
const onsetDriftDaysMax = 14

const isSameOnset = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : Math.abs(daysBetween(a, b)) <= onsetDriftDaysMax

/**
 * Key and state of a finding in the light of the cycle before: the same metric and slice moving the same way since about the same day
 * is the same story and keeps its key, whichever detector tells it best today. Patterns are told apart by their kind: more scatter is no
 * level shift.
 */
export function settleIdentity(
  identity: Identity,
  before: readonly Finding[],
): { readonly key: string; readonly state: FindingState } {
  const known = before.find((one) => isSameStory(one, identity))
  return known ? { key: known.key, state: 'ongoing' } : { key: identifyFinding(identity), state: 'new' }
}

/** That a value left its siblings is told as a level of that value on another day. */
const isMovement = ({ kind, slice }: Pick<Identity, 'kind' | 'slice'>): boolean =>
  !isPatternOf(kind, slice) || isParting(kind, slice)

function isSameStory(one: Finding, identity: Identity): boolean {
  if (one.renamed || identity.renamed) return isSameRename(one, identity)
  // whichever of all that they do tells it best today
  if (aboutOf(one.kind) === 'behaviours')
    return one.kind === identity.kind && one.model === identity.model && one.metric === identity.metric
  // whichever table tells it best today
  if (one.kind === 'pipeline_fault' || identity.kind === 'pipeline_fault')
    return one.kind === identity.kind && one.direction === identity.direction && isSameOnset(one.from, identity.from)
  return (
    one.model === identity.model &&
    one.metric === identity.metric &&
    one.direction === identity.direction &&
    one.with?.metric === identity.with?.metric &&
    ((isMovement(one) && isMovement(identity)) ||
      (one.kind === identity.kind && one.by?.join() === identity.by?.join())) &&
    identifySlice(one.slice) === identifySlice(identity.slice) &&
    one.goal?.period === identity.goal?.period &&
    one.goal?.value === identity.goal?.value &&
    // the next week has a goal of its own
    (one.goal ? one.from === identity.from : isSameOnset(one.from, identity.from))
  )
}
