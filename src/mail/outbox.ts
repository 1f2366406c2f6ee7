import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { describeError, Failure } from '../base/failure.ts'
import { composeMessage } from './compose-message.ts'
import type { Mail, Mailer } from './mailer.ts'

/** One mail in the folder; `html` and `eml` are names of files in it. */
export interface OutboxMail {
  readonly messageId: string
  readonly to: string
  readonly subject: string
  /** ISO instant. */
  readonly sentAt: string
  readonly html: string
  readonly eml: string
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code === 'ENOENT'

/** Names that sort by time and cannot leave the folder; the same mail has the same name. */
function nameMail(mail: Mail): string {
  const words = mail.subject
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
  const hash = createHash('sha256').update(mail.messageId).digest('hex').slice(0, 12)
  return `${words.replace(/^-|-$/g, '') || 'mail'}-${hash}`
}

/** The HTML part as a browser shows it without the mail around it: images become data addresses. */
const showImages = (mail: Mail): string =>
  mail.images.reduce(
    (html, { cid, png }) =>
      html.replaceAll(`cid:${cid}`, `data:image/png;base64,${Buffer.from(png).toString('base64')}`),
    mail.html,
  )

/** Whole or not at all: a reader never sees half a file. */
async function writeWhole(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const draft = join(folder, `.${name}.${process.pid}`)
  await writeFile(draft, content)
  await rename(draft, join(folder, name))
}

/** The mails of an outbox folder, newest first; none when the folder is not there yet. */
export async function listOutbox(folder: string): Promise<readonly OutboxMail[]> {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
  const mails = await Promise.all(
    names
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as OutboxMail),
  )
  return mails.sort((a, b) => (a.sentAt < b.sentAt ? 1 : a.sentAt > b.sentAt ? -1 : a.eml < b.eml ? -1 : 1))
}

/**
 * Writes each mail into `folder` instead of sending it: `x.eml` as it would have left, `x.html` for a browser, `x.json` about it
 * (the index; written last, so that what it names is there). The same mail twice is one mail.
 */
export function openOutbox(folder: string, now: () => number = Date.now): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    kind: 'outbox',
    send: async (mail) => {
      const name = nameMail(mail)
      try {
        const { message } = await transport.sendMail(composeMessage(mail))
        await mkdir(folder, { recursive: true })
        await writeWhole(folder, `${name}.eml`, message as Buffer)
        await writeWhole(folder, `${name}.html`, showImages(mail))
        const about: OutboxMail = {
          messageId: mail.messageId,
          to: mail.to,
          subject: mail.subject,
          sentAt: new Date(now()).toISOString(),
          html: `${name}.html`,
          eml: `${name}.eml`,
        }
        await writeWhole(folder, `${name}.json`, `${JSON.stringify(about, undefined, 2)}\n`)
      } catch (error) {
        throw new Failure(`the outbox folder ${folder} cannot be written: ${describeError(error)}`, {
          code: 'outbox-unwritable',
          hint: 'Check that the folder may be written, or configure `mail.smtp`.',
          cause: error,
        })
      }
    },
    close: async () => transport.close(),
  }
}
