import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ServerContext } from './api-context.ts'
import { authorize, type Caller } from './authenticate.ts'
import { HttpError } from './http-error.ts'
import type { Reply, Route } from './route.ts'

/** Of one address and call, unless the route says less. */
export const requestsPerMinute = 600

const nobody: Caller = { id: 'anonymous', name: 'anonymous', scopes: [], by: 'local' }

/** One part of a request in the shape that the route says, or a 400 that names each mistake. */
function readPart<T>(schema: z.ZodType<T> | undefined, value: unknown, part: string): T {
  if (!schema) return undefined as T
  const result = schema.safeParse(value ?? {})
  if (result.success) return result.data
  const mistakes = result.error.issues.map(({ path, message }) => {
    const text = (message.charAt(0).toLowerCase() + message.slice(1)).replace(/"([^"]*)"/g, '`$1`')
    return path.length > 0 ? `\`${path.join('.')}\`: ${text}` : text
  })
  throw new HttpError(400, {
    code: 'invalid-request',
    message: `the ${part} is not as it should be: ${mistakes.join('; ')}`,
    hint: 'Compare it with /v1/openapi.json.',
  })
}

/** Ends when the client has gone before it was answered. */
export function followClient(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort()
  })
  if (request.raw.destroyed && !request.raw.complete) controller.abort()
  return controller.signal
}

export async function send(reply: FastifyReply, { status = 200, headers, body }: Reply): Promise<FastifyReply> {
  reply.code(status)
  for (const [name, value] of Object.entries(headers ?? {})) reply.header(name, value)
  return reply.send(body)
}

/** Mounts the calls of the registry: key, shapes, rate, and then the work. */
export function registerRoutes(server: FastifyInstance, context: ServerContext, routes: readonly Route[]): void {
  for (const route of routes) {
    const config = { rateLimit: { max: route.callsPerMinute ?? requestsPerMinute, timeWindow: '1 minute' } }
    server.route({
      method: route.method,
      url: route.path,
      config,
      handler: async (request, reply) => {
        const caller = route.scope === 'none' ? nobody : await authorize(context, request, route.scope)
        const result = await route.handle(context, {
          params: readPart(route.params, request.params, 'path'),
          query: readPart(route.query, request.query, 'query'),
          body: readPart(route.body, request.body, 'body'),
          headers: request.headers,
          caller,
          signal: followClient(request, reply),
        })
        return send(reply, result)
      },
    })
  }
}
