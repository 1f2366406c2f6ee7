import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  type ApiKey,
  findApiKey,
  insertApiKey,
  listApiKeys,
  revokeApiKey,
  type Scope,
  scopes,
  touchApiKey,
} from '../store/api-keys.ts'
import type { EngineContext } from './context.ts'

type Context = Pick<EngineContext, 'database' | 'workspace'>

/** The secret part has 256 random bits, so that a plain hash is enough: nobody can guess what it hashes. */
const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Makes a key and returns it as its user writes it, `hunch_<id>_<secret>`: the only time that it can be seen. */
export async function createApiKey(
  { database, workspace }: Context,
  { name, scopes }: { readonly name: string; readonly scopes: readonly Scope[] },
): Promise<{ readonly id: string; readonly token: string }> {
  const id = randomBytes(6).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  await insertApiKey(database, { id, workspace, name, hash: hashSecret(secret), scopes })
  return { id, token: `hunch_${id}_${secret}` }
}

/** The key that a token belongs to; undefined when it is none of ours or was revoked. */
export async function checkApiKey({ database, workspace }: Context, token: string): Promise<ApiKey | undefined> {
  const match = /^hunch_([0-9a-f]{12})_([\w-]{43})$/.exec(token)
  const [, id, secret] = match ?? []
  if (id === undefined || secret === undefined) return undefined
  const key = await findApiKey(database, workspace, id)
  if (!key || !timingSafeEqual(Buffer.from(key.hash), Buffer.from(hashSecret(secret)))) return undefined
  await touchApiKey(database, id)
  return key
}

/** Keys that work, oldest first; without what could be used to forge them. */
export async function showApiKeys({ database, workspace }: Context): Promise<readonly Omit<ApiKey, 'hash'>[]> {
  const keys = await listApiKeys(database, workspace)
  return keys.map(({ hash: _, ...key }) => key)
}

/** False when there is no such key, or it was taken back before. */
export const removeApiKey = ({ database, workspace }: Context, id: string): Promise<boolean> =>
  revokeApiKey(database, workspace, id)

/** `ask,read` as scopes; undefined when one of them is none. */
export function readScopes(text: string): readonly Scope[] | undefined {
  const names = text.split(',').map((name) => name.trim())
  const known = names.flatMap((name) => scopes.find((scope) => scope === name) ?? [])
  return known.length === names.length ? [...new Set(known)] : undefined
}
