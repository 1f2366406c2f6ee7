import pg from 'pg'

/**
 * Who uses an embedded server is known to the server itself: each process keeps one connection of this name open. One that is killed
 * loses its connection, and so counts no more; no file has to be believed.
 */
const present = 'hunch present'
const leaving = 'hunch leaving'

/** Held while somebody decides whether the server may stop: nobody comes or goes meanwhile. */
const doorLock = 4_386_325

const connectTimeoutMs = 5_000

/** `pg` has them, its types do not: whether an open connection keeps this process alive. */
type Client = pg.Client & { ref(): void; unref(): void }

export interface Presence {
  /**
   * True when nobody else is present: the caller then stops the server, and whoever comes waits for that. False: it must go on. Undefined
   * when the connection was lost before.
   */
  readonly leave: () => Promise<boolean | undefined>
}

/** Comes in. Undefined when the server does not let us: it is stopping, has just ended, or is deaf. */
export async function enterServer(url: string): Promise<Presence | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: present,
    connectionTimeoutMillis: connectTimeoutMs,
  }) as Client
  // The server may be stopped from outside; whoever queries it then says so.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select pg_advisory_lock_shared($1), pg_advisory_unlock_shared($1)', [doorLock])
  } catch {
    await client.end().catch(() => undefined)
    return undefined
  }
  client.unref()
  return { leave: () => leave(client) }
}

async function leave(client: Client): Promise<boolean | undefined> {
  client.ref()
  try {
    await client.query('select pg_advisory_lock($1)', [doorLock])
    await client.query(`set application_name = '${leaving}'`)
    const others = await client.query('select from pg_stat_activity where application_name = $1', [present])
    const isLast = others.rowCount === 0
    if (!isLast) await client.query('select pg_advisory_unlock($1)', [doorLock])
    // The last one keeps the lock until the server's end closes its connection.
    if (!isLast) await client.end()
    else client.unref()
    return isLast
  } catch {
    return undefined
  }
}
