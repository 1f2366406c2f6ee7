import { listMax } from '../functions/scalar-names.ts'
import type { Dialect } from './dialect.ts'
import { createMysqlDialect, isSame } from './mysql-family.ts'

export const mariadb: Dialect = createMysqlDialect({
  name: 'mariadb',
  title: 'MariaDB',
  proof: 'rows',
  writeList: (text) => `GROUP_CONCAT(DISTINCT ${text} ORDER BY ${text} SEPARATOR ', ' LIMIT ${listMax})`,
  // A hash join loses rows whose keys are both empty where zero is not all zero bytes, as in decimals and timestamps. It must not hash by them then.
  writeSame: (left, right, isHashed) => {
    const same = isSame([left, right])
    const loses = isHashed && (left.type === 'number' || left.type === 'timestamp')
    return loses ? { ...same, text: `(${same.text}) IS TRUE` } : same
  },
  // What is recursive is computed once; all else anew wherever it is read. No row comes of reading itself. The stage stands in a table of its own,
  // or the server would copy it eightfold for each of its readers' readers while it prepares. Five recursive CTEs that read such stages took 20 GB.
  writeOnce: (name, lines) =>
    lines[0]?.startsWith('WITH')
      ? lines
      : [
          'SELECT * FROM (',
          ...lines.map((line) => `  ${line}`),
          ') AS stage',
          `UNION ALL SELECT * FROM ${name} WHERE FALSE`,
        ],
  readingsMax: 20_000,
  collation: 'utf8mb4_nopad_bin',
})
