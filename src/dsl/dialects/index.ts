import { invariant } from '../../base/invariant.ts'
import { bigquery } from './bigquery.ts'
import { clickhouse } from './clickhouse.ts'
import type { Dialect, DialectName } from './dialect.ts'
import { duckdb } from './duckdb.ts'
import { mariadb } from './mariadb.ts'
import { mysql } from './mysql.ts'
import { postgres } from './postgres.ts'
import { snowflake } from './snowflake.ts'

/** Every engine that SQL is written for, in the order in which they are shown. The conformance suites run those of `proof: 'rows'`. */
export const dialects: readonly Dialect[] = [duckdb, postgres, mariadb, mysql, clickhouse, snowflake, bigquery]

export function findDialect(name: DialectName): Dialect {
  const found = dialects.find((dialect) => dialect.name === name)
  invariant(found, `there is no dialect \`${name}\``)
  return found
}
