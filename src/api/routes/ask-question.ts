import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { askQuestion as ask } from '../../jobs/ask-question.ts'
import { HttpError } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { questionSchema } from '../schemas.ts'
import { isOver, viewQuestion, waitForAnswer } from '../wait-for-answer.ts'

const waitMsMax = 30_000

function readIdempotencyKey(header: string | readonly string[] | undefined, callerId: string): string | undefined {
  if (header === undefined) return undefined
  if (typeof header !== 'string' || header.length < 1 || header.length > 200)
    throw new HttpError(400, {
      code: 'invalid-idempotency-key',
      message: 'the header `Idempotency-Key` has to hold 1 to 200 characters',
    })
  // Two callers may choose the same header, and two keys may have the same name.
  return createHash('sha256').update(`${callerId} ${header}`).digest('hex')
}

/** Asks a question: it is stored first and queued then, so that it is answered also when the queue is lost. */
export const askQuestion = defineRoute({
  method: 'POST',
  path: '/v1/questions',
  scope: 'ask',
  tag: 'questions',
  summary:
    'Ask a question in words. Answers 202 with a `Location` to look at; with `?wait=ms`, 200 when the answer is there in time. The same `Idempotency-Key` gives the same question.',
  query: z.object({ wait: z.coerce.number().int().min(0).max(waitMsMax).optional().describe('Milliseconds.') }),
  body: z.strictObject({
    question: z.string().trim().min(1).max(2_000),
    context: z.string().max(20_000).optional().describe('Text of the exploration that the question follows up.'),
  }),
  responses: {
    200: { description: 'Answered in time', schema: questionSchema },
    202: { description: 'Accepted; see `Location`', schema: questionSchema },
  },
  callsPerMinute: 60,
  async handle(context, { body, query, headers, caller, signal }) {
    const question = await ask(context, context.queues, {
      id: randomUUID(),
      question: body.question,
      context: body.context,
      idempotencyKey: readIdempotencyKey(headers['idempotency-key'], caller.id),
      askedBy: caller.name,
    })
    if (question.question !== body.question || question.context !== body.context)
      throw new HttpError(409, {
        code: 'idempotency-key-reused',
        message: 'the `Idempotency-Key` was used for another question or context',
        hint: 'Send a new key with a new question.',
      })
    const last = query.wait ? await waitForAnswer(context.database, question.id, query.wait, signal) : question
    return {
      status: isOver(last) ? 200 : 202,
      headers: { location: `/v1/questions/${question.id}` },
      body: viewQuestion(last),
    }
  },
})
