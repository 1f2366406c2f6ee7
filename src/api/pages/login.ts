import { renderLoginPage } from '../../web/pages/login.ts'
import { closeSession, openSession } from '../session.ts'
import { definePage } from './page.ts'

/** A path of ours, read as a browser reads it (`/\t/evil.test` is an address elsewhere); the inbox for anything else. */
function readTarget(to: string | undefined, webUrl: string): string {
  if (to === undefined || !URL.canParse(to, webUrl)) return '/'
  const { origin, pathname, search, hash } = new URL(to, webUrl)
  // `/.//evil.test` is a path here, and would be a host once it stands alone.
  if (origin !== new URL(webUrl).origin || pathname.startsWith('//')) return '/'
  return pathname + search + hash
}

export const loginPage = definePage({
  method: 'GET',
  path: '/login',
  scope: 'none',
  handle: async ({ workspace, webUrl }, { query }) => ({
    html: renderLoginPage({ workspace, to: readTarget(query.to, webUrl), isRefused: false }),
  }),
})

/** A pasted key becomes a session; the cookie does not hold the key. */
export const loginForm = definePage({
  method: 'POST',
  path: '/login',
  scope: 'none',
  async handle(context, { form }) {
    const to = readTarget(form.to, context.webUrl)
    const cookie = await openSession(context, form.key ?? '')
    if (cookie !== undefined) return { redirect: to, cookie }
    return { html: renderLoginPage({ workspace: context.workspace, to, isRefused: true }), status: 401 }
  },
})

export const logoutForm = definePage({
  method: 'POST',
  path: '/logout',
  scope: 'none',
  handle: async (context) => ({ redirect: '/login', cookie: closeSession(context) }),
})
