import { listMax } from '../functions/scalar-names.ts'
import type { Dialect } from './dialect.ts'
import { createMysqlDialect } from './mysql-family.ts'

export const mariadb: Dialect = createMysqlDialect({
  name: 'mariadb',
  title: 'MariaDB',
  proof: 'rows',
  writeList: (text) => `GROUP_CONCAT(DISTINCT ${text} ORDER BY ${text} SEPARATOR ', ' LIMIT ${listMax})`,
  collation: 'utf8mb4_nopad_bin',
})
