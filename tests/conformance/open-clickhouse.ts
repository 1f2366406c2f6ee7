import { randomBytes } from 'node:crypto'
import { createClient } from '@clickhouse/client'
import { openWarehouse } from '../../src/warehouse/open-warehouse.ts'
import { startClickhouse } from '../engines/clickhouse/start.ts'
import { statementSettings, translateStatement } from '../engines/clickhouse/translate.ts'
import type { Engine } from './open-engines.ts'

/**
 * A ClickHouse database of its own made by `statements`, in their own words or in those of the other engines: on the server at
 * `TEST_CLICKHOUSE_URL`, or on one that starts and ends with it.
 */
export async function openClickhouseEngine(statements: readonly string[]): Promise<Engine> {
  const server = process.env.TEST_CLICKHOUSE_URL === undefined ? await startClickhouse() : undefined
  const url = new URL(server?.url ?? process.env.TEST_CLICKHOUSE_URL ?? '')
  const name = `hunch_test_${randomBytes(6).toString('hex')}`
  const run = async (database: string, commands: readonly string[]) => {
    const client = createClient({ url: url.href, database, clickhouse_settings: statementSettings })
    for (const query of commands) await client.command({ query })
    await client.close()
  }
  await run('default', [`CREATE DATABASE ${name}`])
  await run(name, statements.map(translateStatement))
  const secure = url.protocol === 'https:' ? '?secure=1' : ''
  const warehouse = await openWarehouse(`clickhouse://${url.username}:${url.password}@${url.host}/${name}${secure}`, {
    folder: '/',
  })
  return {
    warehouse,
    close: async () => {
      await warehouse.close()
      if (server) await server.stop()
      else await run('default', [`DROP DATABASE ${name}`])
    },
  }
}
