import type { z } from 'zod'
import type { Scope } from '../store/api-keys.ts'
import type { ServerContext } from './api-context.ts'
import type { Caller } from './authenticate.ts'

/** A request after its checks. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly caller: Caller
  /** Ends when the client has gone. */
  readonly signal: AbortSignal
}

export interface Reply {
  /** 200 unless said otherwise. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; a string, buffer or stream as it is, with the `content-type` of `headers`. */
  readonly body?: unknown
}

/** One call of the HTTP API, whole in one file. The OpenAPI document follows from it. */
export interface Route<P = unknown, Q = unknown, B = unknown> {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** As fastify reads it: `/v1/questions/:id`. */
  readonly path: string
  /** What a key must allow; `none` for calls that anybody may make. */
  readonly scope: Scope | 'none'
  readonly tag: string
  readonly summary: string
  readonly params?: z.ZodType<P>
  readonly query?: z.ZodType<Q>
  readonly body?: z.ZodType<B>
  /** Status → what it means and the shape of its body. Errors are described once for all. */
  readonly responses: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>
  /** Calls a minute and caller; absent: as many as the server allows altogether. */
  readonly callsPerMinute?: number
  /** Written as a method, so that routes of all shapes are kept in one registry. */
  handle(context: ServerContext, call: Call<P, Q, B>): Promise<Reply>
}

/** Checked against its own shapes here, kept as one route of many in the registry. */
export const defineRoute = <P, Q, B>(route: Route<P, Q, B>): Route<P, Q, B> => route
