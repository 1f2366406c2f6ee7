import { isAbsolute, join } from 'node:path'
import { Failure, hideSecrets } from '../base/failure.ts'
import { openBigquery } from './bigquery.ts'
import { openClickhouse } from './clickhouse.ts'
import { type EngineLimits, engineLimits, openDuckdb } from './duckdb.ts'
import { openFiles } from './files.ts'
import { openMysql } from './mysql.ts'
import { openPostgres } from './postgres.ts'
import { openSnowflake } from './snowflake.ts'
import type { Warehouse } from './warehouse.ts'

interface Place {
  readonly url: string
  /** What stands behind the scheme, as an absolute path where it is one. */
  readonly path: string
  readonly limits: EngineLimits
}

/** How each kind of address is opened, by its scheme. A new engine is one line here. */
const openers: Readonly<Record<string, (place: Place) => Promise<Warehouse>>> = {
  clickhouse: ({ url }) => openClickhouse(url),
  duckdb: ({ path, limits }) => openDuckdb(path, limits),
  files: ({ path, limits }) => openFiles(path, limits),
  postgres: ({ url }) => openPostgres(url),
  postgresql: ({ url }) => openPostgres(url),
  mysql: ({ url }) => openMysql(url),
  mariadb: ({ url }) => openMysql(url),
  snowflake: ({ url }) => openSnowflake(url),
  bigquery: ({ url }) => openBigquery(url),
}

/**
 * The warehouse at `url`: `duckdb:<file>`, `files:<folder of csv and parquet>`, `postgres://…`, `mysql://…` or `mariadb://…`,
 * `clickhouse://…`, `snowflake://…` and `bigquery://…` (neither run against a live warehouse); paths are relative to `folder`. Throws a `Failure` when it cannot be reached, and a `Rejection` when files hold mistakes.
 * Close it.
 */
export async function openWarehouse(
  url: string,
  options: { readonly folder: string; readonly limits?: Partial<EngineLimits> },
): Promise<Warehouse> {
  const scheme = /^([a-z]+):/i.exec(url)?.[1]?.toLowerCase() ?? ''
  const open = openers[scheme]
  if (!open)
    throw new Failure(`\`${hideSecrets(url)}\` is no address of a warehouse`, {
      code: 'warehouse-unknown',
      hint: 'It starts with `duckdb:`, `files:`, `postgres://`, `mysql://`, `mariadb://`, `clickhouse://`, `snowflake://` or `bigquery://`.',
    })
  const rest = url.slice(scheme.length + 1)
  const path = isAbsolute(rest) ? rest : join(options.folder, rest)
  return await open({ url, path, limits: { ...engineLimits, ...options.limits } })
}
