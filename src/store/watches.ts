import type { Database } from './database.ts'

/** An exploration that somebody wants to hear of. */
export interface Watch {
  readonly id: string
  readonly workspace: string
  readonly title: string
  /** Ends in a test. */
  readonly exploration: string
  readonly createdBy: string
  /** ISO instant. */
  readonly createdAt: string
}

export async function insertWatch(database: Database, watch: Omit<Watch, 'createdAt'>): Promise<Watch> {
  const [row] = await database('watches').insert(watch).returning('createdAt')
  return { ...watch, createdAt: row.createdAt }
}

/** Newest first. */
export async function listWatches(database: Database, workspace: string): Promise<readonly Watch[]> {
  return database('watches').where({ workspace }).orderBy('createdAt', 'desc').orderBy('id')
}

/** False when the workspace has no such watch. */
export async function deleteWatch(database: Database, workspace: string, id: string): Promise<boolean> {
  return (await database('watches').where({ workspace, id }).delete()) > 0
}
