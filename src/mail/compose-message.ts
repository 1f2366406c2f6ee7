import type { SendMailOptions } from 'nodemailer'
import type { Mail } from './mailer.ts'

/** A mail as nodemailer takes it: text, HTML and the images that the HTML refers to by `cid:`. */
export function composeMessage(mail: Mail): SendMailOptions {
  return {
    messageId: `<${mail.messageId}>`,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { ...mail.headers },
    // Nothing of a mail may name a file or address to be fetched: its content is all here.
    disableFileAccess: true,
    disableUrlAccess: true,
    attachments: mail.images.map(({ cid, filename, png }) => ({
      cid,
      filename,
      content: Buffer.from(png),
      contentType: 'image/png',
      contentDisposition: 'inline' as const,
    })),
  }
}
