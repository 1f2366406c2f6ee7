import type { Database } from './database.ts'

/** One digest for one recipient. */
export interface Delivery {
  readonly digestId: string
  readonly recipient: string
  readonly workspace: string
  /** `skipped`: the recipient left the team's digest before it was sent. */
  readonly state: 'open' | 'sending' | 'sent' | 'failed' | 'skipped'
  /** How often it was claimed. */
  readonly attempts: number
  readonly error?: string
}

/**
 * A claim older than this belongs to a process that died. Far more than the 90 seconds within which `mail/smtp.ts` has sent or given up:
 * nobody may send beside somebody who still does.
 */
const leaseSeconds = 600

const columns = ['digestId', 'recipient', 'workspace', 'state', 'attempts', 'error'] as const

/** One row a recipient; those that are there already stay as they are. */
export async function insertDeliveries(
  database: Database,
  digestId: string,
  recipients: readonly string[],
): Promise<void> {
  await database.raw(
    `insert into deliveries (digest_id, recipient, workspace, state)
     select digests.id, recipient.value, digests.workspace, 'open'
     from digests, jsonb_array_elements_text(?::jsonb) as recipient
     where digests.id = ?
     on conflict (digest_id, recipient) do nothing`,
    [JSON.stringify(recipients), digestId],
  )
}

/**
 * True when the caller is the one to send it now. False when it was sent, or another process is at it and has not been for longer
 * than the lease of ten minutes. A failed one may be claimed again.
 */
export async function claimDelivery(database: Database, digestId: string, recipient: string): Promise<boolean> {
  const claimed = await database('deliveries')
    .where({ digestId, recipient })
    .where((free) =>
      free
        .whereIn('state', ['open', 'failed'])
        .orWhere((dead) =>
          dead.where({ state: 'sending' }).whereRaw(`claimed_at < now() - interval '${leaseSeconds} seconds'`),
        ),
    )
    .update({
      state: 'sending',
      attempts: database.raw('attempts + 1'),
      claimedAt: database.fn.now(),
      finishedAt: null,
      error: null,
    })
  return claimed > 0
}

/**
 * Ends a delivery: `sent`, `skipped`, or `failed` when no further attempt is worth it. What was sent or skipped stays so: a job that is given
 * up may have done its work before.
 */
export async function finishDelivery(
  database: Database,
  digestId: string,
  recipient: string,
  { state, error }: { readonly state: 'sent' | 'failed' | 'skipped'; readonly error?: string },
): Promise<void> {
  const delivery = database('deliveries').where({ digestId, recipient })
  if (state !== 'sent') delivery.whereNotIn('state', ['sent', 'skipped'])
  await delivery.update({ state, error: error ?? null, finishedAt: database.fn.now() })
}

/** Gives a claim back after an attempt that failed, so that the next attempt need not wait for the claim to grow old. */
export async function releaseDelivery(
  database: Database,
  digestId: string,
  recipient: string,
  error: string,
): Promise<void> {
  await database('deliveries')
    .where({ digestId, recipient, state: 'sending' })
    .update({ state: 'open', error, claimedAt: null })
}

/** Those that somebody should send: never tried, given back, or claimed by a process that died. */
export async function listOpenDeliveries(database: Database, workspace: string): Promise<readonly Delivery[]> {
  return database('deliveries')
    .where({ workspace })
    .whereRaw(`(state = 'open' or (state = 'sending' and claimed_at < now() - interval '${leaseSeconds} seconds'))`)
    .orderBy(['digestId', 'recipient'])
    .select(columns)
}

/** Every recipient of a digest. */
export async function listDeliveries(database: Database, digestId: string): Promise<readonly Delivery[]> {
  return database('deliveries').where({ digestId }).orderBy('recipient').select(columns)
}
