import type { Finding } from '../../findings/finding.ts'
import { type MuteScope, openedLabel, pickSubject } from '../../findings/tell/hear-feedback.ts'
import type { Bound } from '../../findings/tell/mute-condition.ts'
import { findCycle } from '../../store/cycles.ts'
import { type Feedback, insertFeedback, noteOpened } from '../../store/feedback.ts'
import type { EngineContext } from '../context.ts'

type Context = Pick<EngineContext, 'workspace' | 'database'>

export interface Said {
  readonly label: string
  readonly by: string
  readonly note?: string | undefined
  /** Of a mute. */
  readonly scope?: MuteScope | undefined
  readonly until?: string | undefined
  /** What ends it before that; it fits the finding (`whyUnfit`). */
  readonly condition?: Bound | undefined
}

/** Keeps what a reader says of a finding, with what it was about: the next cycle hears it. */
export async function keepFeedback({ database, workspace }: Context, finding: Finding, said: Said): Promise<Feedback> {
  const { label, by, note, scope = 'story', until, condition } = said
  const { unit, format, cycleId } = finding
  const since = condition && (await findCycle(database, cycleId))?.asOf
  return insertFeedback(database, {
    workspace,
    findingKey: finding.key,
    label,
    by,
    about: pickSubject(finding),
    ...(note !== undefined && { note }),
    ...(label === 'mute' && {
      scope,
      ...(until !== undefined && { until }),
      ...(condition && since && { condition: { ...condition, unit, format, since } }),
    }),
  })
}

/** Notes that a reader looked at a finding's evidence, once. */
export const keepOpened = ({ database, workspace }: Context, finding: Finding, by: string): Promise<void> =>
  noteOpened(database, { workspace, findingKey: finding.key, label: openedLabel, by, about: pickSubject(finding) })
