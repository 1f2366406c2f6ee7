import { randomBytes } from 'node:crypto'
import { invariant } from '../base/invariant.ts'
import type { Database } from './database.ts'

/** What signs links in mail; made on first use. Never logged, never shown. */
export async function ensureLinkSecret(database: Database, workspace: string): Promise<string> {
  await database('linkSecrets')
    .insert({ workspace, secret: randomBytes(32).toString('base64url') })
    .onConflict('workspace')
    .ignore()
  const row = await database('linkSecrets').where({ workspace }).first<{ secret: string } | undefined>('secret')
  invariant(row !== undefined, 'a link secret was just inserted')
  return row.secret
}
