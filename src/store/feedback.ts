import type { Heard, MuteScope, Subject } from '../findings/tell/hear-feedback.ts'
import type { MuteCondition } from '../findings/tell/mute-condition.ts'
import { type Database, toJson } from './database.ts'

/** What a reader said about a finding: `useful`, `not_useful`, `mute`, `expected`, …, or that somebody opened it. */
export interface Feedback {
  readonly id: number
  readonly workspace: string
  readonly findingKey: string
  readonly label: string
  /** Who said it. */
  readonly by: string
  readonly note?: string
  /** The finding as it was when it was said. */
  readonly about?: Subject
  /** Of a mute: what it covers, its last day, and what ends it before. */
  readonly scope?: MuteScope
  readonly until?: string
  readonly condition?: MuteCondition
  /** ISO instant. */
  readonly createdAt: string
}

export type NewFeedback = Omit<Feedback, 'id' | 'createdAt'>

const columns = {
  id: 'id',
  workspace: 'workspace',
  findingKey: 'findingKey',
  label: 'label',
  by: 'givenBy',
  note: 'note',
  about: 'about',
  scope: 'scope',
  until: 'until',
  condition: 'condition',
  createdAt: 'createdAt',
}

export async function insertFeedback(database: Database, { by, ...feedback }: NewFeedback): Promise<Feedback> {
  const { about, condition } = feedback
  const bodies = { ...(about && { about: toJson(about) }), ...(condition && { condition: toJson(condition) }) }
  const [row] = await database('feedback')
    .insert({ ...feedback, givenBy: by, ...bodies })
    .returning(['id', 'createdAt'])
  return { ...feedback, by, id: row.id, createdAt: row.createdAt }
}

/** What was not taken back, newest first. */
export async function listFeedback(database: Database, workspace: string): Promise<readonly Feedback[]> {
  return database('feedback')
    .where({ workspace })
    .whereNull('undoneAt')
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .select(columns)
}

/** Notes that somebody opened a finding; once a reader. */
export async function noteOpened(database: Database, opened: NewFeedback): Promise<void> {
  const { workspace, findingKey, label, by } = opened
  const known = await database('feedback').where({ workspace, findingKey, label, givenBy: by }).first('id')
  if (known === undefined) await insertFeedback(database, opened)
}

/** What the judge hears: every word that says what it is about. */
export async function listHeard(database: Database, workspace: string): Promise<readonly Heard[]> {
  return (await listFeedback(database, workspace)).flatMap(({ label, by, about, scope, until, condition }) =>
    about
      ? [{ label, by, about, scope: scope ?? undefined, until: until ?? undefined, condition: condition ?? undefined }]
      : [],
  )
}

/** Sets the last day on which a word is heard. */
export async function endFeedback(database: Database, workspace: string, id: number, until: string): Promise<void> {
  await database('feedback').where({ workspace, id }).update({ until })
}

/** Takes feedback back. False when there is none of this id in the workspace, or it was taken back before. */
export async function undoFeedback(database: Database, workspace: string, id: number): Promise<boolean> {
  const undone = await database('feedback')
    .where({ workspace, id })
    .whereNull('undoneAt')
    .update({ undoneAt: database.fn.now() })
  return undone > 0
}
