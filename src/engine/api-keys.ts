import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type ApiKey, findApiKey, insertApiKey, type Scope, touchApiKey } from '../store/api-keys.ts'
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
