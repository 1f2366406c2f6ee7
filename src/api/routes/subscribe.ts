import { z } from 'zod'
import { deleteUnsubscribed } from '../../store/subscriptions.ts'
import { defineRoute } from '../route.ts'
import { findMember, subscriptionSchema } from '../subscriptions.ts'

export const subscribe = defineRoute({
  method: 'POST',
  path: '/v1/subscriptions',
  scope: 'admin',
  tag: 'digests',
  summary: "Put a team's member back on its digest.",
  body: subscriptionSchema,
  responses: {
    200: {
      description: 'Subscribed',
      schema: z.object({ team: z.string(), recipient: z.string(), subscribed: z.boolean() }),
    },
  },
  async handle(context, { body }) {
    const { team, recipient } = findMember(context, body)
    await deleteUnsubscribed(context.database, context.workspace, team, recipient)
    return { body: { team, recipient, subscribed: true } }
  },
})
