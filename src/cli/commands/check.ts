import { locate, renderDiagnostic } from '../../base/code-frame.ts'
import { type Diagnostic, isError } from '../../base/diagnostic.ts'
import { countNoun } from '../../base/format.ts'
import { type CheckResult, checkWorkspace } from '../check-workspace.ts'
import type { Command } from '../command.ts'

export const check: Command = {
  name: 'check',
  summary:
    'find mistakes in the config, the catalog, the team’s hypotheses and exploration files, and compare the catalog with the warehouse',
  arguments: [
    {
      name: '[files...]',
      summary: 'explorations (`*.hunch`) to compile as well; those in `hypotheses/` are in any case',
    },
  ],
  options: [{ flags: '--offline', summary: 'do not look into the warehouse' }],
  hasFormat: true,
  examples: ['hunch check', 'hunch check --offline hypotheses/*.hunch --format json'],
  async run({ arguments: [files], options, configFile, format }, { out, err }) {
    const result = await checkWorkspace({
      configFile,
      files: Array.isArray(files) ? files : [],
      isOnline: options.offline !== true,
      now: Date.now,
    })
    const { diagnostics, failure, ...counts } = result
    if (format === 'json') out(JSON.stringify({ ...counts, diagnostics: diagnostics.map(toJson) }, undefined, 2))
    else {
      if (diagnostics.length > 0) err(`${diagnostics.map(renderDiagnostic).join('\n\n')}\n`)
      out(summarize(result))
    }
    if (failure) throw failure
    return diagnostics.some(isError) ? 2 : 0
  },
}

function summarize({ diagnostics, models, metrics, explorations, files }: CheckResult): string {
  const mistakes = diagnostics.filter(isError).length
  const warnings = diagnostics.length - mistakes
  const looked = [
    countNoun(models, 'model'),
    countNoun(metrics, 'metric'),
    countNoun(explorations, 'exploration'),
    ...(files > 0 ? [countNoun(files, 'file')] : []),
  ]
  const found = `${countNoun(mistakes, 'mistake')}, ${countNoun(warnings, 'warning')}`
  return models === 0
    ? `${found}; the rest is checked once config and catalog can be read`
    : `${looked.join(', ')}: ${found}`
}

function toJson({ severity, code, message, hint, source, span, candidates }: Diagnostic) {
  const at = source && span ? locate(source.text, span.start) : undefined
  return { severity, code, message, hint, file: source?.name, line: at?.line, column: at?.column, candidates }
}
