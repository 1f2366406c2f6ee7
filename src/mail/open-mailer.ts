import type { Mailer } from './mailer.ts'
import { openOutbox } from './outbox.ts'
import { openSmtp } from './smtp.ts'

/** By SMTP where an address is configured, else into the outbox folder. Connects to nothing before the first mail. */
export async function openMailer(mail: {
  readonly smtp: string | undefined
  readonly outboxFolder: string
}): Promise<Mailer> {
  return mail.smtp === undefined ? openOutbox(mail.outboxFolder) : openSmtp(mail.smtp)
}
