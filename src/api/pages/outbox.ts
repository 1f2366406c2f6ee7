import { listOutboxMails, readOutboxFile } from '../../engine/digest/read-outbox.ts'
import { renderOutboxPage } from '../../web/pages/outbox.ts'
import { notFound } from '../http-error.ts'
import { definePage, mailPolicy } from './page.ts'

export const outboxPage = definePage({
  method: 'GET',
  path: '/outbox',
  scope: 'read',
  async handle({ workspace, mailer, outboxFolder }) {
    const mails = outboxFolder === undefined ? [] : await listOutboxMails(outboxFolder)
    return { html: renderOutboxPage({ workspace, kind: mailer.kind, mails }) }
  },
})

/** A mail of the outbox: shown, or as a file to open with a mail program. */
export const outboxFile = definePage({
  method: 'GET',
  path: '/outbox/:name',
  scope: 'read',
  async handle({ outboxFolder }, { params }) {
    const name = params.name ?? ''
    const content = outboxFolder === undefined ? undefined : await readOutboxFile(outboxFolder, name)
    if (!content) throw notFound('mail', name)
    const headers: Readonly<Record<string, string>> = name.endsWith('.html')
      ? { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': mailPolicy }
      : { 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="${name}"` }
    return { body: content, headers }
  },
})
