import { type Database, toJson } from './database.ts'

export const scopes = ['ask', 'read', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** A key of the HTTP API, without the key itself: only its hash is kept. */
export interface ApiKey {
  readonly id: string
  readonly workspace: string
  /** Who or what uses it. */
  readonly name: string
  /** SHA-256 of the secret part, in hex. */
  readonly hash: string
  readonly scopes: readonly Scope[]
  /** ISO instants. */
  readonly createdAt: string
  readonly lastUsedAt?: string
}

export type NewApiKey = Omit<ApiKey, 'createdAt' | 'lastUsedAt'>

export async function insertApiKey(database: Database, key: NewApiKey): Promise<void> {
  await database('apiKeys').insert({ ...key, scopes: toJson(key.scopes) })
}

const columns = ['id', 'workspace', 'name', 'hash', 'scopes', 'createdAt', 'lastUsedAt'] as const

/** A key that was not revoked. */
export function findApiKey(database: Database, workspace: string, id: string): Promise<ApiKey | undefined> {
  return database('apiKeys').where({ workspace, id }).whereNull('revokedAt').first<ApiKey | undefined>(columns)
}

/** Those that were not revoked, oldest first. */
export async function listApiKeys(database: Database, workspace: string): Promise<readonly ApiKey[]> {
  return database('apiKeys').where({ workspace }).whereNull('revokedAt').orderBy(['createdAt', 'id']).select(columns)
}

/** Whether a key was ever made and not revoked: from then on requests need one. */
export async function hasApiKeys(database: Database, workspace: string): Promise<boolean> {
  const row = await database('apiKeys').where({ workspace }).whereNull('revokedAt').first('id')
  return row !== undefined
}

/** False when there is no such key, or it was revoked before. */
export async function revokeApiKey(database: Database, workspace: string, id: string): Promise<boolean> {
  const revoked = await database('apiKeys')
    .where({ workspace, id })
    .whereNull('revokedAt')
    .update({ revokedAt: database.fn.now() })
  return revoked > 0
}

/** Notes the use of a key, at most once a minute. */
export async function touchApiKey(database: Database, id: string): Promise<void> {
  await database('apiKeys')
    .where({ id })
    .where((stale) => {
      stale.whereNull('lastUsedAt').orWhereRaw(`last_used_at < now() - interval '1 minute'`)
    })
    .update({ lastUsedAt: database.fn.now() })
}
