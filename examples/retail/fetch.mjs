/**
 * Unpacks the four tables from a folder that holds them as csv.gz into `data/` beside this file:
 * `node examples/retail/fetch.mjs <folder>`.
 */
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

const tables = ['customers', 'invoice_lines', 'invoices', 'products']
const folder = process.argv[2]
const missing = folder ? tables.filter((table) => !existsSync(join(folder, `${table}.csv.gz`))) : tables
if (!folder || missing.length > 0) {
  console.error(`usage: node fetch.mjs <folder with ${tables.map((table) => `${table}.csv.gz`).join(', ')}>`)
  if (folder) console.error(`\`${folder}\` has no ${missing.map((table) => `${table}.csv.gz`).join(', ')}`)
  process.exit(2)
}

const target = join(import.meta.dirname, 'data')
await mkdir(target, { recursive: true })
for (const table of tables) {
  const file = join(target, `${table}.csv`)
  await pipeline(createReadStream(join(folder, `${table}.csv.gz`)), createGunzip(), createWriteStream(`${file}.part`))
  await rename(`${file}.part`, file)
  console.log(file)
}
