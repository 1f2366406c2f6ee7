import type { EngineContext } from '../engine/context.ts'
import { insertQuestion, type NewQuestion, type Question } from '../store/questions.ts'
import { ask } from './ask.ts'
import type { Queues } from './queue.ts'

/**
 * Stores a question and queues it. The one that is stored already, queued or answered, for an idempotency key that was used before. Its
 * answer comes into the store.
 */
export async function askQuestion(
  { database, workspace }: Pick<EngineContext, 'database' | 'workspace'>,
  queues: Queues,
  question: Omit<NewQuestion, 'workspace'>,
): Promise<Question> {
  const stored = await insertQuestion(database, { ...question, workspace })
  if (stored.id === question.id)
    await queues.enqueue(ask, { v: 1, workspace, question: stored.question, id: stored.id })
  return stored
}
