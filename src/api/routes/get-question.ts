import { findQuestion } from '../../store/questions.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { idParams, questionSchema } from '../schemas.ts'
import { viewQuestion } from '../wait-for-answer.ts'

export const getQuestion = defineRoute({
  method: 'GET',
  path: '/v1/questions/:id',
  scope: 'ask',
  tag: 'questions',
  summary: 'A question, how far it is, and its answer.',
  params: idParams,
  responses: { 200: { description: 'The question', schema: questionSchema } },
  async handle({ database, workspace }, { params }) {
    const question = await findQuestion(database, params.id)
    if (question?.workspace !== workspace) throw notFound('question', params.id)
    return { body: viewQuestion(question) }
  },
})
