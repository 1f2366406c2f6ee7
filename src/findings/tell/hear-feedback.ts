import { formatDay } from '../../base/format.ts'
import { daysBetween } from '../../base/periods.ts'
import { identifySlice } from '../../hypotheses/series/scan-table.ts'
import type { Finding } from '../finding.ts'
import { describeCondition, type MuteCondition } from './mute-condition.ts'

/** What a reader may say of a finding. */
export const feedbackLabels = ['useful', 'not_useful', 'expected', 'new_normal', 'mute', 'watch'] as const
export type FeedbackLabel = (typeof feedbackLabels)[number]
/** What a mute covers: this story for as long as it lasts, everything about its slice of the metric, its metric, or its kind. */
export const muteScopes = ['story', 'slice', 'metric', 'kind'] as const
export type MuteScope = (typeof muteScopes)[number]
/** Kept when somebody opens the page of a finding, once a reader: thumbs come on one report in a hundred, opens on most. */
export const openedLabel = 'opened'

/** What of a finding a word about it is remembered by. */
export type Subject = Pick<Finding, 'kind' | 'model' | 'metric' | 'slice' | 'direction' | 'from' | 'change'>

export const pickSubject = ({ kind, model, metric, slice, direction, from, change }: Finding): Subject => ({
  kind,
  model,
  metric,
  slice,
  direction,
  from,
  change,
})

/** A reader's word, not taken back. */
export interface Heard {
  readonly label: string
  readonly by: string
  readonly about: Subject
  readonly scope?: MuteScope | undefined
  /** Last day of a mute; absent: until it is taken back. */
  readonly until?: string | undefined
  /** What ends a mute before that. */
  readonly condition?: MuteCondition | undefined
}

/** ` until 3 Dec 2026 or until it rises above 100 accounts`; nothing of a mute without an end. */
export function describeEnd({ until, condition }: Pick<Heard, 'until' | 'condition'>): string {
  const ends = [until && formatDay(until), condition && describeCondition(condition)]
  return ends.flatMap((end) => (end ? [` until ${end}`] : [])).join(' or')
}

export interface Hearing {
  /** How well it fits this team, 0..1; 0.5 while nobody said anything. */
  readonly fit: number
  /** What people take it for, unless it changed since. */
  readonly state: 'expected' | 'new_normal' | undefined
  /** Why it is not pushed: `muted by ann until 3 Dec 2026`. */
  readonly muted: string | undefined
  /** What was heard, in words, for its page. */
  readonly heard: readonly string[]
}

/** Days by which the onset of one story may differ between two cycles. */
const onsetDaysMax = 14
/** How much a word counts for what it was said of, and for what is like it. */
const nearness = { story: 1, slice: 0.75, metric: 0.5, kind: 0.25 } as const
/** How much of a word for or against each label is; others say nothing of that. */
export const votes: Readonly<Record<string, number>> = { useful: 1, watch: 2, [openedLabel]: 0.25, not_useful: -1 }
/** A story that is expected is told again when its change is so much larger or smaller than when that was said. */
const materialShare = 0.5

/** What two findings have in common, as a mute names it: the most that holds; undefined when nothing does. */
function compare(a: Subject, b: Subject): MuteScope | undefined {
  if (a.model !== b.model || a.metric !== b.metric) return a.kind === b.kind ? 'kind' : undefined
  if (identifySlice(a.slice) !== identifySlice(b.slice)) return 'metric'
  const isSameOnset =
    a.from === null || b.from === null ? a.from === b.from : Math.abs(daysBetween(a.from, b.from)) <= onsetDaysMax
  return a.direction === b.direction && isSameOnset ? 'story' : 'slice'
}

const order: readonly MuteScope[] = ['story', 'slice', 'metric', 'kind']

/** Whether a mute of `scope` said of one finding covers another that has `common` with it. */
function covers(scope: MuteScope, common: MuteScope | undefined, isSameKind: boolean): boolean {
  if (scope === 'kind') return isSameKind
  return common !== undefined && common !== 'kind' && order.indexOf(common) <= order.indexOf(scope)
}

function isMaterial(now: number | null, then: number | null): boolean {
  if (now === null || then === null) return now !== then
  return Math.abs(now - then) > materialShare * Math.abs(then)
}

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`)

/** What was said of this story, or of ones like it, in a line each. */
function tell(words: readonly { readonly label: string; readonly common: MuteScope }[]): readonly string[] {
  const what = {
    story: 'this',
    slice: 'others about this slice',
    metric: 'others about this metric',
    kind: 'others of this kind',
  }
  const said = { useful: 'useful', watch: 'worth watching', not_useful: 'not useful' } as const
  return order.flatMap((common) =>
    (['useful', 'watch', 'not_useful'] as const).flatMap((label) => {
      const count = words.filter((word) => word.label === label && word.common === common).length
      return count === 0 ? [] : [`${plural(count, 'one reader', 'readers')} called ${what[common]} ${said[label]}`]
    }),
  )
}

/**
 * What readers said, heard of one finding: of its own story in full, of others about its slice, metric or kind for less. Votes for and against are the
 * counts of a Beta distribution that begins at one each; its mean is the fit. Everything can be taken back: what is not in `feedback` is not heard.
 */
export function hearFeedback(subject: Subject, feedback: readonly Heard[], asOf: string): Hearing {
  const near = feedback.map((word) => ({ ...word, common: compare(subject, word.about) }))
  let [plus, minus] = [0, 0]
  for (const { label, common } of near) {
    const vote = common === undefined ? 0 : (votes[label] ?? 0) * nearness[common]
    if (vote > 0) plus += vote
    else minus -= vote
  }
  const mute = near.find(
    ({ label, common, scope = 'story', until, about }) =>
      label === 'mute' && (until === undefined || until >= asOf) && covers(scope, common, about.kind === subject.kind),
  )
  const taken = near.find(
    ({ label, common, about }) =>
      (label === 'expected' || label === 'new_normal') &&
      common === 'story' &&
      !isMaterial(subject.change, about.change),
  )
  return {
    fit: Math.round(((1 + plus) / (2 + plus + minus)) * 1e4) / 1e4,
    state: taken?.label as Hearing['state'],
    muted: mute && `muted by ${mute.by}${describeEnd(mute)}`,
    heard: tell(near.flatMap(({ label, common }) => (common === undefined ? [] : [{ label, common }]))),
  }
}
