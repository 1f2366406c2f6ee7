import { createConnection } from 'mysql2/promise'
import { expect, test } from 'vitest'
import { mariadb } from './mariadb.ts'

/** A name in every place where SQL of ours puts one. */
const writePlaces = (name: string): readonly string[] => [
  `WITH ${name} AS (SELECT CAST(1 AS DOUBLE) AS ${name}) SELECT ${name}.${name} AS ${name}, sum(${name}.${name}) OVER (PARTITION BY ${name}.${name} ORDER BY ${name}.${name} IS NULL, ${name}.${name} DESC) AS s FROM ${name} LEFT JOIN ${name} AS o ON o.${name} = ${name}.${name} WHERE ${name}.${name} > 0 AND ${name}.${name} IS NOT NULL ORDER BY 1`,
  `WITH x AS (SELECT CAST(1 AS DOUBLE) AS ${name}, DATE '2024-01-01' AS t) SELECT ${name} AS ${name}, CAST(${name} AS CHAR) AS a, ${name} + 1 AS b, -${name} AS c, CASE WHEN ${name} > 1 THEN ${name} ELSE ${name} END AS d, sum(CASE WHEN ${name} > 0 THEN ${name} END) AS e, NOT ${name} <=> 3 AS f, ${name} IN (1, 2) AS g, NOT ${name} = 1 AS h, coalesce(${name}, 1) AS i, count(DISTINCT ${name}) AS j, ${name} * ${name} AS k, ${name} % 2 AS l, ${name} IS NOT TRUE AS m FROM x WHERE ${name} = 1 AND ${name} IS NULL OR ${name} < 2 GROUP BY ${name}, t ORDER BY ${name} IS NULL, ${name}, ${name} DESC`,
  `WITH x AS (SELECT 'a' AS ${name}) SELECT x.${name}, lower(${name}) AS y, ${name} AS z, CONVERT(${name} USING utf8mb4) COLLATE utf8mb4_nopad_bin AS w FROM x UNION ALL SELECT ${name}, ${name}, 'a', 'b' FROM x`,
  `WITH x AS (SELECT 1 AS z) SELECT x.z FROM x CROSS JOIN (SELECT 1 AS z) AS ${name}`,
  `WITH x AS (SELECT TIMESTAMP '2024-01-01 00:00:00' AS ${name}) SELECT LAST_DAY(${name}) + INTERVAL 1 DAY AS ${name}, ${name} + INTERVAL (1 + INTERVAL(${name} + 0, 1, 2)) MINUTE AS b, ${name} - INTERVAL 1 DAY AS c, DATE(${name}) AS d FROM x ORDER BY 1`,
  `WITH x AS (SELECT 1 AS z) SELECT z FROM x EXCEPT SELECT ${name} FROM (SELECT 2 AS ${name}) AS ${name}`,
]

test('every keyword of MariaDB may be a name as we write it', async () => {
  const connection = await createConnection({ uri: process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306' })
  try {
    await connection.query("SET NAMES utf8mb4, sql_mode = ''")
    const [rows] = await connection.query('SELECT word FROM information_schema.keywords')
    const words = (rows as unknown as { word: string }[]).map(({ word }) => word.toLowerCase())
    const refused: string[] = []
    for (const word of words)
      for (const sql of writePlaces(mariadb.writeName(word)))
        await connection.query(sql).catch((error: Error) => refused.push(`${word}: ${error.message}`))
    expect(words.length).toBeGreaterThan(400)
    expect(refused).toEqual([])
  } finally {
    await connection.end()
  }
})
