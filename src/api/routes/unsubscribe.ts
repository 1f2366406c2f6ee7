import { saveUnsubscribed } from '../../store/subscriptions.ts'
import { defineRoute } from '../route.ts'
import { findMember, subscriptionSchema } from '../subscriptions.ts'

export const unsubscribe = defineRoute({
  method: 'DELETE',
  path: '/v1/subscriptions',
  scope: 'admin',
  tag: 'digests',
  summary: "Take a member off a team's digest. Members do it themselves by the link in each mail.",
  query: subscriptionSchema,
  responses: { 204: { description: 'Taken off' } },
  async handle(context, { query }) {
    const { team, recipient } = findMember(context, query)
    await saveUnsubscribed(context.database, context.workspace, team, recipient)
    return { status: 204 }
  },
})
