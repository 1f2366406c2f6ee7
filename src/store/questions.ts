import { type Database, toJson } from './database.ts'

export type QuestionState = 'queued' | 'running' | 'done' | 'failed'

/** What somebody asked in words, and its answer once there is one. */
export interface Question {
  readonly id: string
  readonly workspace: string
  readonly question: string
  /** The exploration that the question follows up. */
  readonly context?: string
  readonly idempotencyKey?: string
  readonly askedBy?: string
  readonly replyTo?: string
  readonly state: QuestionState
  /** The last event of its progress. */
  readonly progress?: unknown
  /** As `hunch ask --format json` prints it. */
  readonly answer?: unknown
  readonly error?: string
  /** ISO instants. */
  readonly createdAt: string
  readonly updatedAt: string
}

export type NewQuestion = Pick<
  Question,
  'id' | 'workspace' | 'question' | 'context' | 'idempotencyKey' | 'askedBy' | 'replyTo'
>

export interface QuestionPatch {
  readonly state?: QuestionState
  readonly answer?: unknown
  readonly error?: string
  readonly progress?: unknown
}

/** The stored question: the one that is there already when its id or its idempotency key is known. */
export async function insertQuestion(database: Database, question: NewQuestion): Promise<Question> {
  const { id, workspace, idempotencyKey } = question
  const inserted: Question[] = await database('questions')
    .insert({ ...question, state: 'queued' })
    .onConflict()
    .ignore()
    .returning('*')
  if (inserted[0] !== undefined) return inserted[0]
  return database('questions')
    .where({ workspace })
    .where((known) => {
      known.where({ id })
      if (idempotencyKey !== undefined) known.orWhere({ idempotencyKey })
    })
    .first<Question>()
}

/** Changes what `patch` names. A new state takes an old error off. */
export async function updateQuestion(database: Database, id: string, patch: QuestionPatch): Promise<void> {
  const json = (value: unknown) => (value === undefined ? undefined : toJson(value))
  await database('questions')
    .where({ id })
    .update({
      state: patch.state,
      error: patch.error ?? (patch.state === undefined ? undefined : null),
      answer: json(patch.answer),
      progress: json(patch.progress),
      updatedAt: database.fn.now(),
    })
}

export function findQuestion(database: Database, id: string): Promise<Question | undefined> {
  return database('questions').where({ id }).first<Question | undefined>()
}

/** Questions whose idempotency key begins so are at work elsewhere, until nothing was heard of them for so long. */
export interface QuestionsAtWork {
  readonly keyPrefix: string
  readonly silentMs: number
}

/** Without an answer yet, oldest first; `except` for those that are at work. */
export async function listOpenQuestions(
  database: Database,
  workspace: string,
  except?: QuestionsAtWork,
): Promise<readonly Question[]> {
  const query = database('questions').where({ workspace }).whereIn('state', ['queued', 'running']).orderBy('createdAt')
  if (except !== undefined)
    query.whereRaw(
      `not (starts_with(coalesce(idempotency_key, ''), ?) and updated_at > now() - ? * interval '1 millisecond')`,
      [except.keyPrefix, except.silentMs],
    )
  return query
}
