import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../examples/explorations')

/** The worked examples of the language, as they are shipped: text and file name. */
export const exampleFiles: readonly { readonly name: string; readonly text: string }[] = readdirSync(folder)
  .filter((name) => name.endsWith('.hunch'))
  .toSorted()
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

/** The folder's index by theme. */
export const exampleIndex = readFileSync(join(folder, 'README.md'), 'utf8')
