import type { Knex } from 'knex'

/** Our own Postgres, through knex. Only `src/store` writes queries with it. */
export type Database = Knex
