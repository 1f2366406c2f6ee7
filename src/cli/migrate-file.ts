import { writeFileSync } from 'node:fs'
import { createDiagnostic, expectAccepted, Rejection } from '../base/diagnostic.ts'
import { readTextFile } from '../base/read-text-file.ts'
import { type KeptExploration, type Migrated, migrateExploration } from '../engine/ask/migrate-explorations.ts'
import type { QueryContext } from '../engine/ask/run-exploration.ts'

interface Part extends KeptExploration {
  /** Where the text stands in its file. */
  readonly start: number
  readonly end: number
}

/** Blocks of a gold or training file, each under the heading that is its question. */
function listBlocks(file: string, content: string): readonly Part[] {
  const parts: Part[] = []
  let heading = ''
  let asOf: string | undefined
  const pattern = /^## +(.*\S)\s*$|^as of:[ \t]*(\S+)|^```hunch[ \t]*\n([\s\S]*?)^```[ \t]*$/gm
  for (const match of content.matchAll(pattern)) {
    const [whole, question, day, text] = match
    if (question !== undefined) {
      heading = question
      asOf = undefined
    } else if (day !== undefined) asOf = day
    else if (text !== undefined) {
      const start = match.index + whole.indexOf('\n') + 1
      parts.push({ name: `${file}: ${heading}`, text, asOf, start, end: start + text.length })
    }
  }
  return parts
}

function listParts(file: string, content: string): readonly Part[] {
  if (file.endsWith('.md')) return listBlocks(file, content)
  if (file.endsWith('.hunch')) return [{ name: file, text: content, start: 0, end: content.length }]
  throw new Rejection([
    createDiagnostic({
      code: 'unknown-file-type',
      message: `\`${file}\` is no \`*.hunch\` file and no gold or training file (\`*.md\`)`,
      hint: 'Explorations of a catalog are changed by hand: `hunch check` shows them.',
    }),
  ])
}

/** Migrates every exploration of a file, in place; with `isDry` nothing is written. */
export async function migrateFile(
  file: string,
  from: number,
  context: QueryContext,
  today: string,
  isDry: boolean,
): Promise<readonly Migrated[]> {
  const content = expectAccepted(readTextFile(file))
  const parts = listParts(file, content)
  const results: Migrated[] = []
  for (const part of parts) results.push(await migrateExploration(part, from, context, today))
  const edited = parts.reduceRight((text, { start, end }, at) => {
    const result = results[at]
    return result?.kind === 'changed' ? text.slice(0, start) + result.text + text.slice(end) : text
  }, content)
  if (!isDry && edited !== content) writeFileSync(file, edited)
  return results
}
