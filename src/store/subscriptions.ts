import type { Database } from './database.ts'

/** Takes a recipient off a team's digest; again is no error. Addresses differ by more than case. */
export async function saveUnsubscribed(
  database: Database,
  workspace: string,
  team: string,
  recipient: string,
): Promise<void> {
  await database('unsubscribed').insert({ workspace, team, recipient: recipient.toLowerCase() }).onConflict().ignore()
}

/** Puts a recipient back. */
export async function deleteUnsubscribed(
  database: Database,
  workspace: string,
  team: string,
  recipient: string,
): Promise<void> {
  await database('unsubscribed').where({ workspace, team, recipient: recipient.toLowerCase() }).delete()
}

/** Addresses, in lower case, that get no digest of this team. */
export function listUnsubscribed(database: Database, workspace: string, team: string): Promise<readonly string[]> {
  return database('unsubscribed').where({ workspace, team }).orderBy('recipient').pluck('recipient')
}
