import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { accept, createDiagnostic, expectAccepted, type Outcome, reject, type Source } from '../base/diagnostic.ts'
import { readTextFile } from '../base/read-text-file.ts'
import type { Catalog } from './catalog.ts'
import { type CatalogOptions, type PlacedCatalog, parsePlacedCatalog } from './parse-catalog.ts'

/** Reads the `*.yaml` files of a folder as one catalog, in the order of their names. Measures are checked by `dsl/check/check-catalog`. */
export function readCatalog(folder: string, options: CatalogOptions = {}): Outcome<Catalog> {
  const outcome = readPlacedCatalog(folder, options)
  return outcome.ok ? accept(outcome.value.catalog, outcome.diagnostics) : outcome
}

/** The catalog with the places of its parts, for those who check it further. */
export function readPlacedCatalog(folder: string, options: CatalogOptions = {}): Outcome<PlacedCatalog> {
  const sources = readSources(folder)
  return sources.ok ? parsePlacedCatalog(sources.value, options) : sources
}

/** The files of a catalog's folder as they are; hidden ones (locks of editors) are none. */
function readSources(folder: string): Outcome<readonly Source[]> {
  try {
    const names = readdirSync(folder)
      .filter((name) => /^[^.].*\.ya?ml$/.test(name))
      .toSorted()
    if (names.length === 0) return reject(describeMissing(`the catalog folder \`${folder}\` has no \`*.yaml\` file`))
    const paths = names.map((name) => join(folder, name))
    const read = paths.map(readTextFile)
    const unread = read.flatMap(({ diagnostics }) => diagnostics)
    if (unread.length > 0) return reject(...unread)
    return accept(paths.map((name, at) => ({ name, text: expectAccepted(read[at]!) })))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return reject(
      describeMissing(
        code === 'ENOENT'
          ? `there is no catalog folder \`${folder}\``
          : `the catalog folder \`${folder}\` cannot be read`,
      ),
    )
  }
}

const describeMissing = (message: string) =>
  createDiagnostic({
    code: 'missing-catalog',
    message,
    hint: 'Name the folder under `catalog:` in `hunch.yaml`, or let `hunch init <warehouse-url>` draft one.',
  })
