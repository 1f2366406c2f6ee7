import { readUnsubscribe, type Subscription } from '../../mail/unsubscribe-token.ts'
import { ensureLinkSecret } from '../../store/link-secrets.ts'
import { saveUnsubscribed } from '../../store/subscriptions.ts'
import type { EngineContext } from '../context.ts'

type Context = Pick<EngineContext, 'database' | 'workspace'>

/** Who a link in a mail speaks of; undefined when the link is not one of ours. */
export async function readLeaveLink(
  { database, workspace }: Context,
  token: string,
): Promise<Subscription | undefined> {
  const subscription = readUnsubscribe(token, await ensureLinkSecret(database, workspace))
  return subscription?.workspace === workspace ? subscription : undefined
}

/** Takes the recipient that the link speaks of off the team's digest. Undefined when the link is not one of ours. */
export async function leaveDigest(context: Context, token: string): Promise<Subscription | undefined> {
  const subscription = await readLeaveLink(context, token)
  if (subscription)
    await saveUnsubscribed(context.database, context.workspace, subscription.team, subscription.recipient)
  return subscription
}
