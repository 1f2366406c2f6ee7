import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { createDiagnostic, type Diagnostic, isError, Rejection } from '../base/diagnostic.ts'
import { Failure } from '../base/failure.ts'
import { type DataFile, quotePath, quoteTable } from './data-file.ts'
import { createDuckdbWarehouse, type EngineLimits, engineLimits, firstLine, startDuckdb } from './duckdb.ts'
import { loadCsv } from './load-csv.ts'
import type { Warehouse } from './warehouse.ts'

const fileNames = /^(.+?)\.(csv|csv\.gz|tsv|tsv\.gz|parquet)$/i

/**
 * A folder of csv (also gzipped) and parquet files, one table each, as a warehouse: read into a DuckDB within this process, since a cycle
 * reads them many times over. Types are those that DuckDB infers. Broken lines of a csv give a `Rejection` that names file and line.
 */
export async function openFiles(folder: string, limits: EngineLimits = engineLimits): Promise<Warehouse> {
  const files = await listDataFiles(folder)
  const { instance, removeSpill } = await startDuckdb(':memory:', limits, { preserve_insertion_order: 'false' })
  try {
    const diagnostics = await loadAll(instance, files, limits.threads)
    if (diagnostics.some(isError)) throw new Rejection(diagnostics)
    return await createDuckdbWarehouse(instance, `files:${folder}`, removeSpill)
  } catch (error) {
    instance.closeSync()
    await removeSpill()
    throw error
  }
}

async function listDataFiles(folder: string): Promise<readonly DataFile[]> {
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory())
    throw new Failure(`there is no folder \`${folder}\``, {
      code: 'warehouse-not-found',
      hint: 'Give a folder of csv or parquet files behind `files:`, relative to the folder of `hunch.yaml`.',
    })
  const files = (await readdir(folder)).sort().flatMap((name): DataFile[] => {
    const [, table, ending] = fileNames.exec(name) ?? []
    if (!table || !ending) return []
    return [{ path: join(folder, name), table, kind: ending.toLowerCase() === 'parquet' ? 'parquet' : 'csv' }]
  })
  if (files.length === 0)
    throw new Failure(`\`${folder}\` holds no csv or parquet file`, {
      code: 'warehouse-empty',
      hint: 'Each file `orders.csv`, `orders.csv.gz` or `orders.parquet` becomes a table `orders`.',
    })
  for (const file of files) {
    const twin = files.find((other) => other !== file && other.table.toLowerCase() === file.table.toLowerCase())
    if (twin)
      throw new Failure(
        `\`${basename(file.path)}\` and \`${basename(twin.path)}\` would both be the table \`${file.table}\``,
        {
          code: 'warehouse-ambiguous',
          hint: 'Rename or move one of them.',
        },
      )
  }
  return files
}

/** Loads file by file on as many connections as there are threads. */
async function loadAll(
  instance: DuckDBInstance,
  files: readonly DataFile[],
  threads: number,
): Promise<readonly Diagnostic[]> {
  const open = [...files]
  const diagnostics: Diagnostic[] = []
  const work = async () => {
    const connection = await instance.connect()
    try {
      for (let file = open.shift(); file; file = open.shift()) diagnostics.push(...(await loadFile(connection, file)))
    } finally {
      connection.disconnectSync()
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, files.length) }, work))
  return diagnostics
}

async function loadFile(connection: DuckDBConnection, file: DataFile): Promise<readonly Diagnostic[]> {
  if (file.kind === 'csv') return await loadCsv(connection, file)
  const create = `CREATE TABLE ${quoteTable(file.table)} AS SELECT * FROM read_parquet(${quotePath(file.path)})`
  try {
    await connection.run(create)
    return []
  } catch (error) {
    const message = `\`${basename(file.path)}\` cannot be read as parquet: ${firstLine(error)}`
    return [createDiagnostic({ code: 'broken-file', message, hint: 'Write the file anew, or move it away.' })]
  }
}
