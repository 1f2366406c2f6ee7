import { randomUUID } from 'node:crypto'
import type { Answer } from '../../engine/ask/answer.ts'
import { isAnswered } from '../../engine/ask/answer.ts'
import { askQuestion } from '../../jobs/ask-question.ts'
import { findQuestion, type Question } from '../../store/questions.ts'
import { type AnswerView, renderAskPage } from '../../web/pages/ask.ts'
import type { ApiContext } from '../api-context.ts'
import { findDataEnd } from '../find-data-end.ts'
import { notFound } from '../http-error.ts'
import { waitForAnswer } from '../wait-for-answer.ts'
import { definePage } from './page.ts'

/** The planner and most models answer within this; what takes longer is waited for by a page that reads itself again. */
const waitMs = 8_000
const questionLengthMax = 500
const examplesMax = 6

function viewAnswer(answer: Answer): AnswerView {
  if (!isAnswered(answer)) return { kind: 'cannot_answer', reason: answer.cannotAnswer, existing: answer.existing }
  const { sentence, existing, route, confidence, repairs, timings, ...result } = answer
  return {
    kind: 'answered',
    sentence,
    existing,
    route,
    confidence,
    repairs,
    timings,
    result: { ...result, ms: timings.run ?? 0 },
  }
}

function viewQuestion({ id, state, answer, error, progress }: Question): AnswerView {
  if (state === 'failed') return { kind: 'failed', message: error ?? 'the question was given up' }
  if (state === 'done') return viewAnswer(answer as Answer)
  const phase = (progress as { readonly phase?: string } | undefined)?.phase
  return { kind: 'waiting', id, progress: phase === undefined ? undefined : `At work: ${phase}.` }
}

async function addDataEnd(context: ApiContext, answer: AnswerView): Promise<AnswerView> {
  if (answer.kind !== 'answered') return answer
  const { exploration, asOf } = answer.result
  return { ...answer, result: { ...answer.result, dataEnd: await findDataEnd(context, exploration, asOf) } }
}

export const askPage = definePage({
  method: 'GET',
  path: '/ask',
  scope: 'ask',
  async handle(context, { query, caller, signal }) {
    const { database, workspace, catalog, queues } = context
    const question = (query.question ?? '').trim().slice(0, questionLengthMax)
    const examples = Object.values(catalog.models)
      .flatMap(({ explorations }) => explorations.map(({ title }) => title))
      .slice(0, examplesMax)
    if (query.id !== undefined) {
      const stored = await findQuestion(database, query.id)
      if (stored?.workspace !== workspace) throw notFound('question', query.id)
      const answer = await addDataEnd(context, viewQuestion(stored))
      return { html: renderAskPage({ workspace, question: stored.question, answer, examples }) }
    }
    if (question === '') return { html: renderAskPage({ workspace, question, examples }) }
    const id = randomUUID()
    await askQuestion({ database, workspace }, queues, { id, question, askedBy: caller.name })
    const last = await waitForAnswer(database, id, waitMs, signal)
    const answer = viewQuestion(last)
    // The waiting page reads its own address again: that has to name the question, not ask it once more.
    if (answer.kind === 'waiting') return { redirect: `/ask?id=${id}` }
    return { html: renderAskPage({ workspace, question, answer: await addDataEnd(context, answer), examples }) }
  },
})
