import { z } from 'zod'
import { keepFeedback } from '../../engine/keep-feedback.ts'
import { feedbackLabels, muteScopes } from '../../findings/hear-feedback.ts'
import { findFinding } from '../../store/findings.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { feedbackSchema, keyParams } from '../schemas.ts'

export const giveFeedback = defineRoute({
  method: 'POST',
  path: '/v1/findings/:key/feedback',
  scope: 'read',
  tag: 'findings',
  summary:
    'Say what a finding is to you. `useful`, `not_useful` and `watch` move how well findings like it fit; `expected` and `new_normal` keep this story from being pushed until it changes by half; `mute` keeps what `scope` names from being pushed, until `until` or for good. The next cycle hears it.',
  params: keyParams,
  body: z.strictObject({
    label: z.enum(feedbackLabels),
    scope: z.enum(muteScopes).optional().describe('Of `mute`: what it covers; this story where it is left out.'),
    until: z.iso.date().optional().describe('Of `mute`: its last day; until it is taken back where it is left out.'),
    note: z.string().max(2_000).optional(),
  }),
  responses: { 201: { description: 'Kept', schema: feedbackSchema } },
  async handle(context, { params, body, caller }) {
    const finding = await findFinding(context.database, context.workspace, params.key)
    if (!finding) throw notFound('finding', params.key)
    const { id, label, by, createdAt, note, scope, until } = await keepFeedback(context, finding, {
      ...body,
      by: caller.name,
    })
    return {
      status: 201,
      body: {
        id,
        finding: finding.key,
        label,
        by,
        createdAt,
        ...(note && { note }),
        ...(scope && { scope }),
        ...(until && { until }),
      },
    }
  },
})
