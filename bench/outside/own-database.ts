import pg from 'pg'

export interface OwnDatabase {
  readonly url: string
  readonly client: pg.Client
  /** Ends the connection and drops the database. */
  close(): Promise<void>
}

/** A database of one's own on the server at `url`, sorted by code point as explorations are; any older one of its name is dropped. */
export async function createOwnDatabase(url: string, name: string): Promise<OwnDatabase> {
  const run = async (...statements: readonly string[]) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.end()
    }
  }
  const drop = `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`
  await run(drop, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const client = new pg.Client({ connectionString: own.href })
  await client.connect()
  await client.query("SET TimeZone = 'UTC'")
  return {
    url: own.href,
    client,
    close: async () => {
      await client.end()
      await run(drop)
    },
  }
}
