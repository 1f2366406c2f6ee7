import { Readable } from 'node:stream'
import type { Database } from '../../store/database.ts'
import { findQuestion } from '../../store/questions.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { idParams } from '../schemas.ts'
import { followQuestion, isOver, viewQuestion } from '../wait-for-answer.ts'

/** No question takes longer: its job is given up before. */
const followMsMax = 5 * 60_000

async function* writeEvents(database: Database, id: string, signal: AbortSignal): AsyncGenerator<string> {
  for await (const question of followQuestion(database, id, signal)) {
    const name = isOver(question) ? question.state : 'progress'
    yield `event: ${name}\ndata: ${JSON.stringify(viewQuestion(question))}\n\n`
  }
}

export const questionEvents = defineRoute({
  method: 'GET',
  path: '/v1/questions/:id/events',
  scope: 'ask',
  tag: 'questions',
  summary:
    'Server-sent events of a question: `progress` with each step, then `done` or `failed`. The data is the question.',
  params: idParams,
  responses: { 200: { description: '`text/event-stream`' } },
  async handle({ database, workspace }, { params, signal }) {
    const question = await findQuestion(database, params.id)
    if (question?.workspace !== workspace) throw notFound('question', params.id)
    const within = AbortSignal.any([signal, AbortSignal.timeout(followMsMax)])
    return {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      body: Readable.from(writeEvents(database, params.id, within)),
    }
  },
})
