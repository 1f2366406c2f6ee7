import type { Finding } from '../findings/finding.ts'
import { type MuteScope, openedLabel, pickSubject } from '../findings/hear-feedback.ts'
import { type Feedback, insertFeedback, noteOpened } from '../store/feedback.ts'
import type { EngineContext } from './context.ts'

type Context = Pick<EngineContext, 'workspace' | 'database'>

export interface Said {
  readonly label: string
  readonly by: string
  readonly note?: string | undefined
  /** Of a mute. */
  readonly scope?: MuteScope | undefined
  readonly until?: string | undefined
}

/** Keeps what a reader says of a finding, with what it was about: the next cycle hears it. */
export function keepFeedback({ database, workspace }: Context, finding: Finding, said: Said): Promise<Feedback> {
  const { label, by, note, scope = 'story', until } = said
  return insertFeedback(database, {
    workspace,
    findingKey: finding.key,
    label,
    by,
    about: pickSubject(finding),
    ...(note !== undefined && { note }),
    ...(label === 'mute' && { scope, ...(until !== undefined && { until }) }),
  })
}

/** Notes that a reader looked at a finding's evidence, once. */
export const keepOpened = ({ database, workspace }: Context, finding: Finding, by: string): Promise<void> =>
  noteOpened(database, { workspace, findingKey: finding.key, label: openedLabel, by, about: pickSubject(finding) })
