import type { Database } from './database.ts'

/** Resolves when the store replies in time. */
export async function pingStore(database: Database, timeoutMs: number): Promise<void> {
  await database.raw('select 1').timeout(timeoutMs)
}
