import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface CompanyFiles {
  readonly name: string
  readonly storeUrl: string
  readonly catalog: string
  /** By name of the table: the lines of its csv file, the header first. */
  readonly tables: Readonly<Record<string, readonly string[]>>
}

/** Writes a workspace over csv files into a folder of its own; gives the folder. */
export function saveCompany({ name, storeUrl, catalog, tables }: CompanyFiles): string {
  const folder = mkdtempSync(join(tmpdir(), `hunch-${name}-`))
  mkdirSync(join(folder, 'data'))
  mkdirSync(join(folder, 'catalog'))
  for (const [table, lines] of Object.entries(tables))
    writeFileSync(join(folder, 'data', `${table}.csv`), `${lines.join('\n')}\n`)
  writeFileSync(join(folder, 'catalog', 'company.yaml'), catalog)
  writeFileSync(
    join(folder, 'hunch.yaml'),
    `workspace: ${name}\ntimezone: UTC\nwarehouse: files:./data\ncatalog: ./catalog\nstore: ${storeUrl}\nengine: { fdr: 0.05, shown: 5 }\n`,
  )
  return folder
}
