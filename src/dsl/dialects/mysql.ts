import { listMax } from '../functions/scalar-names.ts'
import type { Dialect } from './dialect.ts'
import { createMysqlDialect, isSame } from './mysql-family.ts'

/** MySQL from 8.0.31: as MariaDB, which the SQL is run on, but for the name of a collation and for lists. */
export const mysql: Dialect = createMysqlDialect({
  name: 'mysql',
  title: 'MySQL',
  proof: 'text',
  // A value may hold a comma, but hardly the letter that separates records.
  writeList: (text) => {
    const all = `GROUP_CONCAT(DISTINCT ${text} ORDER BY ${text} SEPARATOR 0x1e)`
    return `replace(SUBSTRING_INDEX(${all}, CHAR(30 USING utf8mb4), ${listMax}), CHAR(30 USING utf8mb4), ', ')`
  },
  writeSame: (left, right) => isSame([left, right]),
  writeOnce: undefined,
  readingsMax: undefined,
  collation: 'utf8mb4_0900_bin',
})
