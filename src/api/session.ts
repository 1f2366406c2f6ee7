import { createHmac, timingSafeEqual } from 'node:crypto'
import { checkApiKey } from '../engine/api-keys.ts'
import { type ApiKey, findApiKey } from '../store/api-keys.ts'
import { ensureLinkSecret } from '../store/link-secrets.ts'
import type { ApiContext } from './api-context.ts'

const cookieName = 'hunch_session'
const daysMax = 14

const sign = (payload: string, secret: string): string =>
  createHmac('sha256', secret).update(`session ${payload}`).digest('base64url')

const writeCookie = (context: ApiContext, value: string, seconds: number): string =>
  [
    `${cookieName}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${seconds}`,
    ...(context.webUrl.startsWith('https:') ? ['Secure'] : []),
  ].join('; ')

/** A cookie for a browser whose user pasted a key at `/login`; undefined when the key is not valid. The key itself is not in it. */
export async function openSession(context: ApiContext, token: string): Promise<string | undefined> {
  const key = await checkApiKey(context, token.trim())
  if (!key) return undefined
  const seconds = daysMax * 24 * 3600
  const payload = `${key.id}.${Math.floor(context.now() / 1000) + seconds}`
  const secret = await ensureLinkSecret(context.database, context.workspace)
  return writeCookie(context, `${payload}.${sign(payload, secret)}`, seconds)
}

export const closeSession = (context: ApiContext): string => writeCookie(context, '', 0)

/** The key behind the cookie: signed by us, not expired, not revoked since. */
export async function readSession(context: ApiContext, cookies: string | undefined): Promise<ApiKey | undefined> {
  const value = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(cookies ?? '')?.[1]
  const [id, until, signature] = value?.split('.') ?? []
  if (id === undefined || until === undefined || signature === undefined) return undefined
  const secret = await ensureLinkSecret(context.database, context.workspace)
  const expected = Buffer.from(sign(`${id}.${until}`, secret))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  if (Number(until) * 1000 < context.now()) return undefined
  return findApiKey(context.database, context.workspace, id)
}
