import { createHash } from 'node:crypto'
import { daysBetween } from '../base/periods.ts'
import { identifySlice } from '../hypotheses/scan-table.ts'
import type { Finding, FindingState } from './finding.ts'
import { isPatternKind } from './pattern.ts'

export type Identity = Pick<Finding, 'kind' | 'model' | 'metric' | 'slice' | 'direction' | 'from' | 'with' | 'by'>

/** Hash of kind, metric, slice, direction and onset; URL-safe. */
export function identifyFinding({
  kind,
  model,
  metric,
  slice,
  direction,
  from,
  with: other,
  by = [],
}: Identity): string {
  const named = [kind, model, metric, identifySlice(slice), direction, from ?? '']
  const text = [...named, ...(other ? [other.metric] : []), ...by].join('\n')
  return createHash('sha256').update(text).digest('base64url').slice(0, 20)
}

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
  const known = before.find(
    (one) =>
      one.model === identity.model &&
      one.metric === identity.metric &&
      one.direction === identity.direction &&
      one.with?.metric === identity.with?.metric &&
      one.by?.join() === identity.by?.join() &&
      ((!isPatternKind(one.kind) && !isPatternKind(identity.kind)) || one.kind === identity.kind) &&
      identifySlice(one.slice) === identifySlice(identity.slice) &&
      isSameOnset(one.from, identity.from),
  )
  return known ? { key: known.key, state: 'ongoing' } : { key: identifyFinding(identity), state: 'new' }
}
