import type { Database } from './database.ts'

/** What a reader said about a finding: `useful`, `not_useful`, `muted`, `expected`, … */
export interface Feedback {
  readonly id: number
  readonly workspace: string
  readonly findingKey: string
  readonly label: string
  /** Who said it. */
  readonly by: string
  readonly note?: string
  /** ISO instant. */
  readonly createdAt: string
}

export type NewFeedback = Omit<Feedback, 'id' | 'createdAt'>

const columns = { id: 'id', workspace: 'workspace', findingKey: 'findingKey', label: 'label', by: 'givenBy' }

export async function insertFeedback(database: Database, { by, ...feedback }: NewFeedback): Promise<Feedback> {
  const [row] = await database('feedback')
    .insert({ ...feedback, givenBy: by })
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
    .select({ ...columns, note: 'note', createdAt: 'createdAt' })
}

/** Takes feedback back. False when there is none of this id in the workspace, or it was taken back before. */
export async function undoFeedback(database: Database, workspace: string, id: number): Promise<boolean> {
  const undone = await database('feedback')
    .where({ workspace, id })
    .whereNull('undoneAt')
    .update({ undoneAt: database.fn.now() })
  return undone > 0
}
