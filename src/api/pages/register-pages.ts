import { readFile } from 'node:fs/promises'
import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { registerBoard } from '../../jobs/board.ts'
import { assets } from '../../web/assets.ts'
import type { ServerContext } from '../api-context.ts'
import { authorize, type Caller } from '../authenticate.ts'
import { describeProblem } from '../problem.ts'
import { followClient } from '../register-routes.ts'
import { sendProblem } from '../send-problem.ts'
import { pages } from './index.ts'
import type { Fields, Page } from './page.ts'

const nobody: Caller = { id: 'anonymous', name: 'anonymous', scopes: [], by: 'local' }
const boardPath = '/queues'

/** The board of the queues is an application of its own: it runs its own scripts and sets its own styles. */
const boardPolicy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'"

const readFields = (value: unknown): Fields =>
  Object.fromEntries(
    Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([name, field]) => {
      const first = Array.isArray(field) ? field[0] : field
      return typeof first === 'string' ? [[name, first]] : []
    }),
  )

function registerPage(server: FastifyInstance, context: ServerContext, page: Page): void {
  server.route({
    method: page.method,
    url: page.path,
    handler: async (request, reply) => {
      const caller = page.scope === 'none' ? nobody : await authorize(context, request, page.scope)
      const result = await page.handle(context, {
        params: readFields(request.params),
        query: readFields(request.query),
        form: readFields(request.body),
        caller,
        signal: followClient(request, reply),
      })
      if ('redirect' in result) {
        if (result.cookie !== undefined) reply.header('set-cookie', result.cookie)
        return reply.redirect(result.redirect, 303)
      }
      if ('body' in result) return reply.headers({ ...result.headers }).send(result.body)
      return reply
        .code(result.status ?? 200)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(result.html)
    },
  })
}

/** Files of the release: they change with it only. */
async function registerAssets(server: FastifyInstance): Promise<void> {
  for (const { path, file, type } of assets) {
    const content = await readFile(file)
    server.get(path, async (_, reply) => reply.type(type).header('cache-control', 'public, max-age=3600').send(content))
  }
}

async function mountBoard(server: FastifyInstance, context: ServerContext): Promise<void> {
  server.addHook('onRequest', async (request, reply) => {
    // The board has an error handler of its own, which knows nothing of keys.
    const refused = await authorize(context, request, 'admin').then(() => undefined, describeProblem)
    if (refused) return sendProblem(context, request, reply, refused)
    reply.header('content-security-policy', boardPolicy)
  })
  await registerBoard(server, context.queues, { path: boardPath })
}

/** Mounts the pages, what they load, and the board of the queues. Forms are read here only: the API takes JSON. */
export async function registerPages(server: FastifyInstance, context: ServerContext): Promise<void> {
  await server.register(formbody)
  for (const page of pages) registerPage(server, context, page)
  await registerAssets(server)
  await server.register(async (inner) => mountBoard(inner, context))
}
