import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dayAt } from '../base/periods.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { readPlacedCatalog } from '../catalog/read-catalog.ts'
import { readConfigText } from '../config.ts'
import type { PlanContext } from '../dsl/plan/plan-exploration.ts'

/** `hunch.yaml` of the folder of `file`, or of the nearest one above it. */
function findConfigFile(file: string, name: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const candidate = join(folder, name)
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return undefined
  }
}

/** What changes when a file of the catalog does. */
function readStamp(configFile: string, folder: string): string {
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  return [configFile, ...files].map((file) => `${file}@${statSync(file).mtimeMs}`).join('|')
}

interface Kept {
  readonly stamp: string
  readonly catalog: Catalog
}

/**
 * Finds the catalog that an open file is written against: that of the nearest `hunch.yaml` above it, read again when it has changed. One
 * that cannot be read just now leaves the last good one standing. No warehouse is opened.
 */
export function createWorkspaceFinder(configName: string, now: () => number) {
  const kept = new Map<string, Kept>()
  return (uri: string): PlanContext | undefined => {
    if (!uri.startsWith('file:')) return undefined
    const configFile = findConfigFile(fileURLToPath(uri), configName)
    if (configFile === undefined) return undefined
    const config = readConfigText(configFile)
    const known = kept.get(configFile)
    if (config.ok) {
      const { catalogFolder, timezone } = config.value.config
      const stamp = readStamp(configFile, catalogFolder)
      if (known?.stamp !== stamp) {
        const read = readPlacedCatalog(catalogFolder, { timezone })
        if (read.ok) kept.set(configFile, { stamp, catalog: read.value.catalog })
      }
    }
    const catalog = kept.get(configFile)?.catalog
    return catalog && { catalog, calendar: catalog.calendar, asOf: dayAt(now(), catalog.calendar) }
  }
}
