import { createHash } from 'node:crypto'
import { describeError, Failure } from '../../base/failure.ts'
import { invariant } from '../../base/invariant.ts'
import type { Mail } from '../../mail/mailer.ts'
import { signUnsubscribe } from '../../mail/unsubscribe-token.ts'
import { addresses } from '../../reports/addresses.ts'
import { unsubscribePlaceholder } from '../../reports/digest.ts'
import { claimDelivery, finishDelivery, releaseDelivery } from '../../store/deliveries.ts'
import { findDigest, type StoredDigest } from '../../store/digests.ts'
import { ensureLinkSecret } from '../../store/link-secrets.ts'
import { listUnsubscribed } from '../../store/subscriptions.ts'
import type { EngineContext } from '../context.ts'

type Context = Pick<EngineContext, 'workspace' | 'database' | 'mailer' | 'mailFrom' | 'webUrl'>

/** The domain of `Hunch <hunch@acme.test>`, which a message id ends in. */
const domainOf = (from: string): string => /@([a-z0-9.-]+)/i.exec(from)?.[1] ?? 'localhost'

/** The same delivery has the same id, so that a mail that left twice can be seen to be one. */
function identifyMessage({ id }: StoredDigest, recipient: string, from: string): string {
  const hash = createHash('sha256').update(recipient.toLowerCase()).digest('hex').slice(0, 16)
  return `${id}.${hash}@${domainOf(from)}`
}

async function addressMail(context: Context, digest: StoredDigest, recipient: string): Promise<Mail> {
  const { database, workspace, webUrl, mailFrom } = context
  const token = signUnsubscribe(
    { workspace, team: digest.team, recipient },
    await ensureLinkSecret(database, workspace),
  )
  const leave = `${webUrl}${addresses.unsubscribe(token)}`
  return {
    messageId: identifyMessage(digest, recipient, mailFrom),
    from: mailFrom,
    to: recipient,
    subject: digest.subject,
    html: digest.html.replaceAll(unsubscribePlaceholder, leave),
    text: digest.text.replaceAll(unsubscribePlaceholder, leave),
    images: digest.images.map(({ cid, filename, pngBase64 }) => ({
      cid,
      filename,
      png: Buffer.from(pngBase64, 'base64'),
    })),
    headers: {
      // One click leaves, without a page in between (RFC 8058).
      'List-Unsubscribe': `<${leave}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': `<${digest.team.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.hunch.${domainOf(mailFrom)}>`,
      'Auto-Submitted': 'auto-generated',
    },
  }
}

/** Whether the recipient left the team's digest, perhaps after this one was composed. */
async function hasLeft({ database, workspace }: Context, { team }: StoredDigest, recipient: string): Promise<boolean> {
  return (await listUnsubscribed(database, workspace, team)).includes(recipient.toLowerCase())
}

/**
 * Sends one digest to one recipient, unless that was done: the claim in the store lets one caller through. Who has left since gets nothing:
 * the delivery is `skipped`. A failure is noted and thrown again; one that may pass gives the claim back for the next attempt.
 */
export async function deliverDigest(
  context: Context,
  digestId: string,
  recipient: string,
): Promise<'sent' | 'already' | 'skipped'> {
  const { database, mailer } = context
  const digest = await findDigest(database, digestId)
  invariant(digest !== undefined, `the digest \`${digestId}\` is stored before it is delivered`)
  if (!(await claimDelivery(database, digestId, recipient))) return 'already'
  if (await hasLeft(context, digest, recipient)) {
    await finishDelivery(database, digestId, recipient, { state: 'skipped' })
    return 'skipped'
  }
  try {
    await mailer.send(await addressMail(context, digest, recipient))
  } catch (error) {
    const reason = describeError(error)
    if (error instanceof Failure && !error.retry)
      await finishDelivery(database, digestId, recipient, { state: 'failed', error: reason })
    else await releaseDelivery(database, digestId, recipient, reason)
    throw error
  }
  await finishDelivery(database, digestId, recipient, { state: 'sent' })
  return 'sent'
}
