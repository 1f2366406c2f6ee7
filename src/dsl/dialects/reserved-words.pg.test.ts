import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { expect, test } from 'vitest'
import { duckdb } from './duckdb.ts'
import { postgres } from './postgres.ts'

/** A name in every place where SQL of ours puts one. */
const writePlaces = (name: string): readonly string[] => [
  `WITH ${name} AS (SELECT 1::double precision AS ${name}) SELECT ${name}.${name} AS ${name}, sum(${name}.${name}) OVER (PARTITION BY ${name}.${name} ORDER BY ${name}.${name} DESC NULLS LAST) AS s FROM ${name} LEFT JOIN ${name} AS o ON o.${name} = ${name}.${name} WHERE ${name}.${name} > 0 AND ${name}.${name} IS NOT NULL ORDER BY 1`,
  `WITH x AS (SELECT 1::double precision AS ${name}, TIMESTAMP '2024-01-01' AS t) SELECT ${name} AS ${name}, ${name}::text AS a, ${name} + 1 AS b, -${name} AS c, CASE WHEN ${name} > 1 THEN ${name} ELSE ${name} END AS d, sum(${name}) FILTER (WHERE ${name} > 0) AS e, ${name} IS DISTINCT FROM 3 AS f, ${name} IN (1, 2) AS g, NOT ${name} = 1 AS h, coalesce(${name}, 1) AS i, count(DISTINCT ${name}) AS j, ${name} * ${name} AS k FROM x WHERE ${name} = 1 AND ${name} IS NULL OR ${name} < 2 GROUP BY ${name}, t ORDER BY ${name}, ${name} DESC NULLS LAST`,
  `WITH x AS (SELECT 'a' AS ${name}) SELECT x.${name}, lower(${name}) AS y, ${name} AS z FROM x UNION ALL SELECT ${name}, ${name}, 'a' FROM x`,
  `WITH x AS (SELECT 1 AS z) SELECT x.z FROM x CROSS JOIN (SELECT 1 AS z) AS ${name}`,
  `WITH x AS (SELECT TIMESTAMP '2024-01-01' AS ${name}) SELECT date_trunc('month', ${name})::date AS ${name}, ${name}::timestamptz AT TIME ZONE 'UTC' AS b, ${name} - INTERVAL '1 day' AS c FROM x ORDER BY 1`,
]

test('every keyword of both engines may be a name as we write it', async () => {
  const connection = await (await DuckDBInstance.create()).connect()
  const client = new pg.Client(process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres')
  await client.connect()
  try {
    const known = await connection.runAndReadAll('SELECT keyword_name FROM duckdb_keywords()')
    const others = await client.query<{ word: string }>('SELECT word FROM pg_get_keywords()')
    const words = new Set([...known.getRows().map(([word]) => String(word)), ...others.rows.map(({ word }) => word)])
    const refused: string[] = []
    for (const word of words) {
      for (const { name, writeName } of [duckdb, postgres]) {
        for (const sql of writePlaces(writeName(word))) {
          const run = name === 'duckdb' ? connection.prepare(sql) : client.query(sql)
          await run.catch((error: Error) => refused.push(`${name} ${word}: ${error.message.split('\n')[0]}`))
        }
      }
    }
    expect(words.size).toBeGreaterThan(400)
    expect(refused).toEqual([])
  } finally {
    await client.end()
  }
})
