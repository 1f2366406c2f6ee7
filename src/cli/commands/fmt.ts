import { writeFileSync } from 'node:fs'
import { renderDiagnostic } from '../../base/code-frame.ts'
import { type Diagnostic, expectAccepted } from '../../base/diagnostic.ts'
import { countNoun } from '../../base/format.ts'
import { readTextFile } from '../../base/read-text-file.ts'
import { format } from '../../dsl/text/format.ts'
import { parse } from '../../dsl/text/parse.ts'
import type { Command } from '../command.ts'

interface Formatted {
  readonly file: string
  /** Whether the text was not canonical. */
  readonly isChanged: boolean
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
}

function formatFile(file: string): Formatted {
  const text = expectAccepted(readTextFile(file === '-' ? '/dev/stdin' : file))
  const parsed = parse(text, file)
  if (!parsed.ok) return { file, isChanged: false, text, diagnostics: parsed.diagnostics }
  const canonical = format(parsed.value)
  return { file, isChanged: canonical !== text, text: canonical, diagnostics: [] }
}

export const fmt: Command = {
  name: 'fmt',
  summary: 'write explorations as the formatter does; comments stay',
  arguments: [{ name: '<files...>', summary: 'explorations (`*.hunch`); `-` reads standard input and prints' }],
  options: [{ flags: '--check', summary: 'write nothing; exit with 3 where a file is not as it should be' }],
  hasFormat: false,
  ignoresConfig: true,
  examples: ['hunch fmt hypotheses/*.hunch', 'hunch fmt --check hypotheses/*.hunch'],
  async run({ arguments: [files], options }, { out, err }) {
    const isCheck = options.check === true
    const results = (Array.isArray(files) ? files : [String(files)]).map(formatFile)
    const broken = results.filter(({ diagnostics }) => diagnostics.length > 0)
    const changed = results.filter(({ isChanged }) => isChanged)
    for (const { file, text, isChanged, diagnostics } of results) {
      if (diagnostics.length > 0) err(diagnostics.map(renderDiagnostic).join('\n\n'))
      else if (file === '-' && !isCheck) out(text)
      else if (isChanged && !isCheck) writeFileSync(file, text)
      if (isChanged && file !== '-') err(isCheck ? `${file} is not formatted` : `${file} was formatted`)
    }
    err(`${countNoun(results.length, 'file')}: ${changed.length} changed, ${broken.length} cannot be read`)
    if (broken.length > 0) return 2
    return isCheck && changed.length > 0 ? 3 : 0
  },
}
