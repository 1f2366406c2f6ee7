import type { FastifyReply, FastifyRequest } from 'fastify'
import { renderErrorPage } from '../web/pages/error.ts'
import type { ApiContext } from './api-context.ts'
import type { Problem } from './problem.ts'

/** A browser that opens a page gets errors as pages; programs, and everything under `/v1`, as problem+json. */
function wantsPage(request: FastifyRequest): boolean {
  return !request.url.startsWith('/v1/') && (request.headers.accept ?? '').includes('text/html')
}

/** Answers with a problem: a page for browsers (the login page, where a key is missing), problem+json for programs. Bugs are logged. */
export function sendProblem(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
  error?: unknown,
) {
  const { status } = problem
  if (status >= 500)
    context.log.error(
      {
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        route: request.routeOptions.url,
      },
      problem.code,
    )
  if (status === 401 && wantsPage(request)) return reply.redirect(`/login?to=${encodeURIComponent(request.url)}`, 303)
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="hunch"')
  reply.code(status)
  if (!wantsPage(request)) return reply.type('application/problem+json').send(JSON.stringify(problem))
  const page = renderErrorPage({
    workspace: context.workspace,
    status,
    message: problem.detail,
    hint: problem.hint,
    diagnostics: [],
  })
  return reply.type('text/html; charset=utf-8').send(page)
}
