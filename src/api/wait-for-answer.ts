import { setTimeout as pause } from 'node:timers/promises'
import { invariant } from '../base/invariant.ts'
import type { Database } from '../store/database.ts'
import { findQuestion, type Question } from '../store/questions.ts'

/** How often the store is looked at: outcomes live there, whoever computed them. */
const lookEveryMs = 100

export const isOver = ({ state }: Question): boolean => state === 'done' || state === 'failed'

/** A question as the API shows it: without what belongs to its asker's program. */
export const viewQuestion = ({ id, question, state, progress, answer, error, createdAt, updatedAt }: Question) => ({
  id,
  question,
  state,
  progress,
  answer,
  error,
  createdAt,
  updatedAt,
})

const pauseUnless = (signal: AbortSignal | undefined): Promise<boolean> =>
  pause(lookEveryMs, true, { signal }).catch(() => false)

/** Each new state or progress of a question until it is over, or the signal says stop. */
export async function* followQuestion(database: Database, id: string, signal?: AbortSignal): AsyncGenerator<Question> {
  let seen: string | undefined
  for (;;) {
    const question = await findQuestion(database, id)
    if (!question) return
    const now = JSON.stringify([question.state, question.progress])
    if (now !== seen) yield question
    seen = now
    if (isOver(question) || !(await pauseUnless(signal))) return
  }
}

/** The question as it is when it is over or the time is, whichever is first. */
export async function waitForAnswer(
  database: Database,
  id: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Question> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  let last: Question | undefined
  for await (const question of followQuestion(database, id, within)) last = question
  invariant(last, 'a question that was inserted is there')
  return last
}
