import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '../../base/diagnostic.ts'
import type { Day } from '../../base/periods.ts'
import { readTextFile } from '../../base/read-text-file.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { type AuthoredHypothesis, readAuthored } from '../../hypotheses/authored/read-authored.ts'

export interface AuthoredHypotheses {
  readonly hypotheses: readonly AuthoredHypothesis[]
  /** Of all files; a file with an error is left out. */
  readonly diagnostics: readonly Diagnostic[]
  readonly files: readonly string[]
}

/**
 * Reads every `*.hunch` file of a workspace's folder of hypotheses, in the order of their names. A file with a mistake, or one that cannot be read, is
 * left out, so that it does not stop the cycle; `hunch check` shows it. Hidden files (locks of editors) are none. No folder: none.
 */
export function readHypotheses(folder: string, catalog: Catalog, asOf: Day): AuthoredHypotheses {
  if (!existsSync(folder)) return { hypotheses: [], diagnostics: [], files: [] }
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.hunch') && !name.startsWith('.'))
    .sort()
    .map((name) => join(folder, name))
  const read = files.map((name) => {
    const text = readTextFile(name)
    return text.ok ? readAuthored({ name, text: text.value }, { catalog, asOf }) : text
  })
  return {
    hypotheses: read.flatMap((one) => (one.ok ? [one.value] : [])),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
    files,
  }
}
