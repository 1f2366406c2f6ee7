import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClickhouseEngine } from '../../../tests/conformance/open-clickhouse.ts'
import type { Engine } from '../../../tests/conformance/open-engines.ts'
import { clickhouse } from './clickhouse.ts'

let engine: Engine

beforeAll(async () => {
  engine = await openClickhouseEngine([])
})

afterAll(() => engine.close())

const settings = clickhouse.closing.join(' ')

/** A name in every place where SQL of ours puts one; what is asked of it must be what was put there. */
const writePlaces = (name: string): readonly string[] => [
  `WITH ${name} AS (SELECT toFloat64(1) AS ${name}) SELECT ${name}.${name} AS ${name}, sumOrNull(${name}.${name}) OVER (PARTITION BY ${name}.${name} ORDER BY ${name}.${name} DESC NULLS LAST) AS s_1 FROM ${name} LEFT JOIN ${name} AS o ON o.${name} = ${name}.${name} WHERE ${name}.${name} > 0 AND ${name}.${name} IS NOT NULL ORDER BY ${name}.${name} ${settings}`,
  `WITH x AS (SELECT toFloat64(1) AS ${name}, 2 AS t_1) SELECT ${name} AS ${name}, toString(${name}) AS a_1, ${name} + 1 AS b_1, -${name} AS c_1, CASE WHEN ${name} > 1 THEN ${name} ELSE ${name} END AS d_1, sumOrNull(${name}) FILTER (WHERE ${name} > 0) AS e_1, ${name} IS DISTINCT FROM 3 AS f_1, ${name} IN (1, 2) AS g_1, NOT ifNull(${name} = 1, FALSE) AS h_1, coalesce(${name}, 1) AS i_1, uniqExact(${name}) AS j_1, ${name} * ${name} AS k_1 FROM x WHERE ${name} = 1 AND ${name} IS NOT NULL OR ${name} < 2 GROUP BY ${name}, t_1 ORDER BY ${name}, ${name} DESC NULLS LAST ${settings}`,
  `WITH x AS (SELECT toFloat64(1) AS ${name}) SELECT x.${name} AS ${name}, ${name} AS z_1 FROM x UNION ALL SELECT ${name}, ${name} FROM x ${settings}`,
  `WITH x AS (SELECT toFloat64(1) AS z_1) SELECT x.z_1 AS z_1 FROM x CROSS JOIN (SELECT 1 AS y) AS ${name} ${settings}`,
  `WITH x AS (SELECT toFloat64(1) AS ${name}) SELECT ${name} FROM x WHERE ${name} IS NULL OR TRUE ORDER BY ${name} DESC NULLS LAST LIMIT 1 ${settings}`,
]

test('every keyword of ClickHouse, and words that it takes for values, may be a name as we write it', async () => {
  const limits = { timeoutMs: 20_000, rowsMax: 1000 }
  const { rows } = await engine.warehouse.query(
    "SELECT arrayJoin(splitByChar(' ', keyword)) FROM system.keywords",
    [],
    limits,
  )
  const words = new Set([
    ...rows.map(([word]) => String(word).toLowerCase()),
    'inf',
    'nan',
    'infinity',
    'null',
    'true',
    'false',
  ])
  const refused: string[] = []
  const tryWord = async (word: string) => {
    for (const sql of writePlaces(clickhouse.writeName(word))) {
      try {
        const found = await engine.warehouse.query(sql, [], limits)
        if (found.rows[0]?.[0] !== 1) refused.push(`${word}: gave ${JSON.stringify(found.rows)}`)
      } catch (error) {
        refused.push(`${word}: ${error instanceof Error ? error.message.slice(0, 200) : error}`)
      }
    }
  }
  const all = [...words]
  for (let at = 0; at < all.length; at += 4) await Promise.all(all.slice(at, at + 4).map(tryWord))
  expect(words.size).toBeGreaterThan(400)
  expect(refused).toEqual([])
})
