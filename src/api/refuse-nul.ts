import type { FastifyRequest } from 'fastify'
import { HttpError } from './http-error.ts'

/** In any text or name of it. No recursion: a body may be nested as deep as it is long. */
function hasNul(value: unknown): boolean {
  const open = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string' && next.includes('\u0000')) return true
    if (typeof next === 'object' && next !== null)
      for (const [name, member] of Object.entries(next)) open.push(name, member)
  }
  return false
}

/** Postgres and most warehouses keep no text with the character NUL in it: a request that holds one is somebody's mistake, not ours. */
export async function refuseNul({ url, body }: FastifyRequest): Promise<void> {
  if (!url.includes('%00') && !hasNul(body)) return
  throw new HttpError(400, {
    code: 'nul-character',
    message: 'the request holds the character NUL',
    hint: 'Leave it out; no text can hold it.',
  })
}
