import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import type { ApiContext, ServerContext } from './api-context.ts'
import { registerMetrics } from './metrics.ts'
import { writeOpenApi } from './open-api.ts'
import { registerPages } from './pages/register-pages.ts'
import { describeProblem } from './problem.ts'
import { refuseNul } from './refuse-nul.ts'
import { registerRoutes, requestsPerMinute } from './register-routes.ts'
import { routes } from './routes/index.ts'
import { sendProblem } from './send-problem.ts'

const bodyBytesMax = 256 * 1024
const requestTimeoutMs = 60_000

/** Pages load nothing from elsewhere, and run no script but those of `/assets`. */
const contentPolicy = {
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'connect-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'form-action': ["'self'"],
    'frame-src': ["'self'"],
    'frame-ancestors': ["'self'"],
    'base-uri': ["'none'"],
  },
}

/**
 * The HTTP API and the pages as one server; it listens nowhere yet. Requests need an API key, unless it listens on loopback only and no
 * key was made. Closing it leaves the context open.
 */
export function createServer(context: ApiContext): FastifyInstance {
  const server = fastify({
    bodyLimit: bodyBytesMax,
    requestTimeout: requestTimeoutMs,
    // Links of mails carry a signed address: longer than the default of 100.
    routerOptions: { maxParamLength: 1_000 },
    forceCloseConnections: true,
    logger: false,
  })
  const document = () => writeOpenApi(routes, context.webUrl)
  const serverContext: ServerContext = { ...context, metrics: registerMetrics(server, context), document }

  server.setErrorHandler((error: FastifyError, request, reply) =>
    sendProblem(context, request, reply, describeProblem(error), error),
  )
  server.addHook('preValidation', refuseNul)
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? request.url
    const detail = `there is nothing at \`${path}\``
    const problem = { type: 'urn:hunch:problem:not-found', title: 'Not found', status: 404, detail, code: 'not-found' }
    return sendProblem(context, request, reply, problem)
  })
  server.register(helmet, {
    contentSecurityPolicy: contentPolicy,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: context.webUrl.startsWith('https:'),
  })
  server.register(rateLimit, { max: requestsPerMinute, timeWindow: '1 minute' })
  // Routes are registered behind the plugins, whose hooks they need.
  server.register(async (inner) => registerRoutes(inner, serverContext, routes))
  server.register(async (inner) => registerPages(inner, serverContext))
  return server
}
