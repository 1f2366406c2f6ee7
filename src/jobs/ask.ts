import { createHash } from 'node:crypto'
import { z } from 'zod'
import { describeError } from '../base/failure.ts'
import type { Progress } from '../engine/context.ts'
import { findQuestion, insertQuestion, type Question, updateQuestion } from '../store/questions.ts'
import { defineJob, type JobContext, writeJobId } from './define-job.ts'

/** What other services may put into `hunch.questions` themselves; published as `docs/reference/queue.schema.json`. */
export const askPayload = z
  .strictObject({
    v: z.literal(1).describe('Version of this shape.'),
    workspace: z.string().min(1).describe('The workspace that is asked, as in its hunch.yaml.'),
    question: z.string().trim().min(1).max(2_000).describe('The question, in words.'),
    askedBy: z.string().max(320).optional().describe('Who asks; kept with the question.'),
    replyTo: z
      .string()
      .regex(/^(?!hunch\.)[A-Za-z][A-Za-z0-9_.-]{0,127}$/, 'is not the name of a queue of yours')
      .optional()
      .describe('Name of a BullMQ queue that gets a job `answer` with the outcome.'),
    id: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Id of a question that is stored already; hunch itself sets it.'),
  })
  .meta({ id: 'ask', title: 'A job `ask` of the queue `hunch.questions`' })

export type AskPayload = z.infer<typeof askPayload>

const timeoutMs = 2 * 60_000

/** Questions that came straight through the queue: their own job, which has an id of the sender's, is at work on them. */
export const atWork = { keyPrefix: 'hunch.questions ', silentMs: timeoutMs + 30_000 }

/** Answers a question. The job's result is the answer, as `hunch ask --format json` prints it. */
export const ask = defineJob<AskPayload>({
  name: 'ask',
  queue: 'hunch.questions',
  payload: askPayload,
  id: ({ id, workspace, question }) => writeJobId('ask', id ?? hash(`${workspace} ${question}`)),
  attempts: 3,
  backoffMs: 1_000,
  timeoutMs,
  async run(context, payload) {
    const question = await findStored(context, payload)
    const answer = question.state === 'done' ? question.answer : await answerQuestion(context, question)
    await replyTo(question, context, { answer })
    return answer
  },
  async giveUp(context, payload, error) {
    const question = await findStored(context, payload)
    await updateQuestion(context.engine.database, question.id, { state: 'failed', error })
    await replyTo(question, context, { error })
  },
})

async function replyTo({ id, replyTo: queue, workspace }: Question, { reply }: JobContext, outcome: object) {
  if (queue !== undefined) await reply(queue, { v: 1, workspace, questionId: id, ...outcome })
}

/** The question's row. One that came straight through the queue gets it now, and the same one at each attempt. */
async function findStored({ engine, jobKey }: JobContext, payload: AskPayload): Promise<Question> {
  const { workspace, question, askedBy, replyTo } = payload
  const id = payload.id ?? `q-${hash(jobKey)}`
  const known = await findQuestion(engine.database, id)
  const idempotencyKey = payload.id === undefined ? jobKey : undefined
  return known ?? insertQuestion(engine.database, { id, workspace, question, askedBy, replyTo, idempotencyKey })
}

async function answerQuestion(
  { engine, journeys, signal }: JobContext,
  { id, question, context }: Question,
): Promise<unknown> {
  const { database, log } = engine
  await updateQuestion(database, id, { state: 'running' })
  // Progress is told in order, and never after the answer; losing a step of it harms nobody.
  let told: Promise<unknown> = Promise.resolve()
  const tell = (progress: Progress) => {
    told = told
      .then(() => updateQuestion(database, id, { progress }))
      .catch((error) => log.warn({ question: id, error: describeError(error) }, 'progress was not stored'))
  }
  try {
    const answer = await journeys.answerQuestion(engine, { question, context, signal }, tell)
    await told
    await updateQuestion(database, id, { state: 'done', answer })
    return answer
  } finally {
    await told
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24)
