import { renderLoginPage } from '../../web/pages/login.ts'
import { closeSession, openSession } from '../session.ts'
import { definePage } from './page.ts'

/** A path of ours: never an address elsewhere. */
const readTarget = (to: string | undefined): string => (to !== undefined && /^\/(?![/\\])/.test(to) ? to : '/')

export const loginPage = definePage({
  method: 'GET',
  path: '/login',
  scope: 'none',
  handle: async ({ workspace }, { query }) => ({
    html: renderLoginPage({ workspace, to: readTarget(query.to), isRefused: false }),
  }),
})

/** A pasted key becomes a session; the cookie does not hold the key. */
export const loginForm = definePage({
  method: 'POST',
  path: '/login',
  scope: 'none',
  async handle(context, { form }) {
    const to = readTarget(form.to)
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
