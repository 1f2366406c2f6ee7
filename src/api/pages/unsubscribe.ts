import { leaveDigest, readLeaveLink } from '../../engine/digest/leave-digest.ts'
import { renderUnsubscribePage } from '../../web/pages/unsubscribe.ts'
import { HttpError } from '../http-error.ts'
import { definePage, type PageReply } from './page.ts'

interface Left {
  readonly team: string
  readonly recipient: string
}

function show(workspace: string, token: string, left: Left | undefined, isDone: boolean): PageReply {
  if (!left)
    throw new HttpError(404, {
      code: 'invalid-link',
      message: 'the link to unsubscribe is not complete',
      hint: 'Open it from the mail again, or copy all of it.',
    })
  return { html: renderUnsubscribePage({ workspace, team: left.team, recipient: left.recipient, token, isDone }) }
}

/** Asks first: programs that scan mails follow links. Needs no key; the link itself is signed. */
export const unsubscribePage = definePage({
  method: 'GET',
  path: '/unsubscribe/:token',
  scope: 'none',
  async handle(context, { params }) {
    const token = params.token ?? ''
    return show(context.workspace, token, await readLeaveLink(context, token), false)
  },
})

/** The button of the page, and the one click of mail programs (RFC 8058), which post without asking anybody. */
export const unsubscribeForm = definePage({
  method: 'POST',
  path: '/unsubscribe/:token',
  scope: 'none',
  async handle(context, { params }) {
    const token = params.token ?? ''
    return show(context.workspace, token, await leaveDigest(context, token), true)
  },
})
