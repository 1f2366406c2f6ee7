import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listOutbox, type OutboxMail } from '../../mail/outbox.ts'

/** The mails that lie in the outbox folder, newest first. */
export const listOutboxMails = (folder: string): Promise<readonly OutboxMail[]> => listOutbox(folder)

/** A file of the outbox; undefined when it holds none of this name. Only files that the folder lists can be read. */
export async function readOutboxFile(folder: string, name: string): Promise<Uint8Array | undefined> {
  const mails = await listOutbox(folder)
  if (!mails.some(({ html, eml }) => html === name || eml === name)) return undefined
  return readFile(join(folder, name))
}
