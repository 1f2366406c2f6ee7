import { z } from 'zod'
import { insertFeedback } from '../../store/feedback.ts'
import { findFinding } from '../../store/findings.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { keyParams } from '../schemas.ts'

/** What a reader may say of a finding. */
export const feedbackLabels = ['useful', 'not_useful', 'expected'] as const

export const giveFeedback = defineRoute({
  method: 'POST',
  path: '/v1/findings/:key/feedback',
  scope: 'read',
  tag: 'findings',
  summary:
    'Say whether a finding was useful. It is kept and shown beside the finding; the ranking does not use it yet.',
  params: keyParams,
  body: z.strictObject({ label: z.enum(feedbackLabels), note: z.string().max(2_000).optional() }),
  responses: {
    201: {
      description: 'Kept',
      schema: z.looseObject({ id: z.number(), label: z.enum(feedbackLabels), by: z.string(), createdAt: z.string() }),
    },
  },
  async handle({ database, workspace }, { params, body, caller }) {
    if (!(await findFinding(database, workspace, params.key))) throw notFound('finding', params.key)
    const feedback = await insertFeedback(database, {
      workspace,
      findingKey: params.key,
      label: body.label,
      by: caller.name,
      note: body.note,
    })
    return { status: 201, body: feedback }
  },
})
