/**
 * The statements of a database's script as the driver takes them: `COPY … FROM stdin` blocks of a dump become inserts, lines for
 * `psql` alone, owners and settings of a database by its name are dropped.
 */
export function loadScript(script: string): string {
  const text = script.replace(
    /^COPY (\S+) \(([^)]*)\) FROM stdin;\n([\s\S]*?)^\\\.$/gm,
    (_, table: string, columns: string, rows: string) => writeInsert(table, columns, rows),
  )
  return text.replace(/^\\.*$/gm, '').replace(/^alter (?:.* owner to .*|database .*)$/gim, '')
}

function writeInsert(table: string, columns: string, rows: string): string {
  const values = rows
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => `(${row.split('\t').map(writeCell).join(', ')})`)
  return `INSERT INTO ${table} (${columns}) VALUES\n${values.join(',\n')};`
}

const writeCell = (cell: string) => (cell === '\\N' ? 'NULL' : `'${cell.replace(/'/g, "''")}'`)
