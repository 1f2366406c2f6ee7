import { type Database, toJson } from './database.ts'

/** One team's mail of one cycle, ready to be sent. Images are referred to as `cid:<cid>`. */
export interface StoredDigest {
  readonly id: string
  readonly workspace: string
  readonly team: string
  readonly cycleId: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly images: readonly { readonly cid: string; readonly filename: string; readonly pngBase64: string }[]
  readonly findingKeys: readonly string[]
  /** ISO instant. */
  readonly createdAt: string
}

/** False when a digest of this id is there already; it stays as it is. */
export async function insertDigest(database: Database, digest: StoredDigest): Promise<boolean> {
  const inserted = await database('digests')
    .insert({ ...digest, images: toJson(digest.images), findingKeys: toJson(digest.findingKeys) })
    .onConflict('id')
    .ignore()
    .returning('id')
  return inserted.length > 0
}

export function findDigest(database: Database, id: string): Promise<StoredDigest | undefined> {
  return database('digests').where({ id }).first<StoredDigest | undefined>()
}

/** Newest first. */
export async function listDigests(
  database: Database,
  workspace: string,
  limit: number,
): Promise<readonly StoredDigest[]> {
  return database('digests').where({ workspace }).orderBy('createdAt', 'desc').orderBy('id').limit(limit)
}
