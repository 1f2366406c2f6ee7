import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeError, Failure } from '../base/failure.ts'
import type { Database } from './database.ts'

const migrationsFolder = fileURLToPath(new URL('../../migrations/', import.meta.url))

/** Any number that is ours: who holds it is the one who migrates. */
const advisoryLock = 4_386_324

/**
 * Brings the store's tables up to date: runs each file of `migrations/` that has not run yet, in order, all in one transaction.
 * Replicas that start at once wait for each other. Returns the names of the files that ran.
 */
export async function migrate(database: Database, folder = migrationsFolder): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort()
  return database
    .transaction(async (transaction) => {
      await transaction.raw('select pg_advisory_xact_lock(?)', [advisoryLock])
      await transaction.raw(
        'create table if not exists migrations (name text primary key, applied_at timestamptz(3) not null default now())',
      )
      const applied: readonly string[] = await transaction('migrations').pluck('name')
      refuseUnknown(applied, names)
      const pending = names.filter((name) => !applied.includes(name))
      for (const name of pending) {
        await transaction.raw(escapeBindings(await readFile(join(folder, name), 'utf8')))
        await transaction('migrations').insert({ name })
      }
      return pending
    })
    .catch(explainFailure)
}

/** A newer release has migrated this store: an older one would write rows that it does not understand. */
function refuseUnknown(applied: readonly string[], known: readonly string[]): void {
  const unknown = applied.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  throw new Failure(`the store has the migration \`${unknown[0]}\`, which this release does not know`, {
    code: 'store-too-new',
    hint: 'Run the newest release of hunch that this store has been used with.',
  })
}

/** knex reads `?` as a place for a value. */
const escapeBindings = (sql: string) => sql.replaceAll('?', '\\?')

function explainFailure(error: unknown): never {
  if (error instanceof Failure) throw error
  const isAnswer = error instanceof Error && 'severity' in error
  throw new Failure(`the store ${isAnswer ? 'refused a migration' : 'cannot be reached'}: ${describeError(error)}`, {
    code: isAnswer ? 'store-migration-failed' : 'store-unreachable',
    retry: !isAnswer,
    hint: isAnswer
      ? 'Check that the user of `store` may create tables.'
      : 'Check `store` in hunch.yaml, and that Postgres is running.',
    cause: error,
  })
}
