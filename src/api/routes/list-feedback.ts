import { z } from 'zod'
import { listFeedback as list } from '../../store/feedback.ts'
import { defineRoute } from '../route.ts'
import { feedbackSchema } from '../schemas.ts'
import { viewFeedback } from '../view-feedback.ts'

export const listFeedback = defineRoute({
  method: 'GET',
  path: '/v1/feedback',
  scope: 'read',
  tag: 'findings',
  summary:
    'What readers said of findings and did not take back, newest first, and what was opened. The next cycle hears it.',
  responses: { 200: { description: 'All of it', schema: z.object({ feedback: z.array(feedbackSchema) }) } },
  async handle({ database, workspace }) {
    const feedback = await list(database, workspace)
    return {
      body: {
        feedback: feedback.map(viewFeedback),
      },
    }
  },
})
