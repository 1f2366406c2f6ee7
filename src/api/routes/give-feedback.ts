import { z } from 'zod'
import { keepFeedback } from '../../engine/tell/keep-feedback.ts'
import { feedbackLabels, muteScopes } from '../../findings/tell/hear-feedback.ts'
import { whyUnfit } from '../../findings/tell/mute-condition.ts'
import { findFinding } from '../../store/findings.ts'
import { HttpError, notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { boundSchema, feedbackSchema, keyParams } from '../schemas.ts'
import { viewFeedback } from '../view-feedback.ts'

export const giveFeedback = defineRoute({
  method: 'POST',
  path: '/v1/findings/:key/feedback',
  scope: 'read',
  tag: 'findings',
  summary:
    'Say what a finding is to you. `useful`, `not_useful` and `watch` move how well findings like it fit; `expected` and `new_normal` keep this story from being pushed until it changes by half; `mute` keeps what `scope` names from being pushed, until `until`, until a cycle sees `condition`, or for good. The next cycle hears it.',
  params: keyParams,
  body: z.strictObject({
    label: z.enum(feedbackLabels),
    scope: z.enum(muteScopes).optional().describe('Of `mute`: what it covers; this story where it is left out.'),
    until: z.iso.date().optional().describe('Of `mute`: its last day; until it is taken back where it is left out.'),
    condition: boundSchema
      .optional()
      .describe(
        'Of `mute`: it also ends when the number that the finding tells rises above, or falls below, this one.',
      ),
    note: z.string().max(2_000).optional(),
  }),
  responses: { 201: { description: 'Kept', schema: feedbackSchema } },
  async handle(context, { params, body, caller }) {
    const finding = await findFinding(context.database, context.workspace, params.key)
    if (!finding) throw notFound('finding', params.key)
    const unfit = body.condition && whyUnfit(body.condition, finding)
    if (unfit) throw new HttpError(400, { code: 'invalid-request', message: `\`condition\`: ${unfit}` })
    return { status: 201, body: viewFeedback(await keepFeedback(context, finding, { ...body, by: caller.name })) }
  },
})
