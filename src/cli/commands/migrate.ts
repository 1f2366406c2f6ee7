import { type App, openApp, openQueryApp, type QueryApp } from '../../app.ts'
import { renderDiagnostic } from '../../base/code-frame.ts'
import { countNoun } from '../../base/format.ts'
import { dayAt } from '../../base/periods.ts'
import { codemods } from '../../dsl/codemods/index.ts'
import { dslVersion } from '../../dsl/tree/ast.ts'
import { type Migrated, migrateStored } from '../../engine/ask/migrate-explorations.ts'
import type { Command, CommandStreams } from '../command.ts'
import { migrateFile } from '../migrate-file.ts'
import { wrongOption } from '../wrong-option.ts'

function readVersion(value: unknown): number {
  const version = Number(value)
  if (Number.isInteger(version) && version >= 1 && version <= dslVersion) return version
  throw wrongOption(`\`--from\` is \`${String(value)}\``, `Versions of the language are 1 to ${dslVersion}.`)
}

function tell(result: Migrated, { err }: CommandStreams): void {
  if (result.kind === 'changed') err(`${result.name}: changed (same ${result.proof})`)
  if (result.kind !== 'refused') return
  err(`${result.name}: left as it is: ${result.reason}`)
  for (const diagnostic of result.diagnostics) err(renderDiagnostic(diagnostic))
}

async function migrateAll(
  app: QueryApp | App,
  files: readonly string[],
  from: number,
  isDry: boolean,
  streams: CommandStreams,
): Promise<readonly Migrated[]> {
  const today = dayAt(app.now(), app.calendar)
  const results: Migrated[] = []
  const keep = (found: readonly Migrated[]) => {
    for (const one of found) tell(one, streams)
    results.push(...found)
  }
  for (const file of files) keep(await migrateFile(file, from, app, today, isDry))
  if ('database' in app) keep(await migrateStored(app, from, today, isDry))
  return results
}

export const migrate: Command = {
  name: 'migrate',
  summary: 'bring explorations in files and in the store to the newest version of the language',
  arguments: [{ name: '[files...]', summary: 'explorations (`*.hunch`), gold and training files (`*.md`)' }],
  options: [
    { flags: '--from <version>', summary: 'version that the texts were written in', initial: '1' },
    { flags: '--check', summary: 'write nothing; exit with 3 where something would change' },
    { flags: '--files-only', summary: 'leave the store alone' },
  ],
  hasFormat: true,
  examples: ['hunch migrate gold.md hypotheses/*.hunch', 'hunch migrate --check --files-only gold.md'],
  async run({ arguments: [given], options, configFile, format }, streams) {
    const files = Array.isArray(given) ? given : []
    const from = readVersion(options.from)
    const isDry = options.check === true
    const app = options.filesOnly === true ? await openQueryApp({ configFile }) : await openApp({ configFile })
    try {
      const results = await migrateAll(app, files, from, isDry, streams)
      const count = (kind: Migrated['kind']) => results.filter((one) => one.kind === kind).length
      const summary = {
        from,
        to: dslVersion,
        changed: count('changed'),
        same: count('same'),
        refused: count('refused'),
      }
      if (format === 'json') streams.out(JSON.stringify({ ...summary, results }, undefined, 2))
      else {
        for (const { from: version, title } of codemods.filter((one) => one.from >= from))
          streams.out(`version ${version} to ${version + 1}: ${title}`)
        streams.out(
          `${countNoun(results.length, 'exploration')}: ${summary.changed} ${isDry ? 'to change' : 'changed'}, ${summary.same} as they should be, ${summary.refused} left alone`,
        )
      }
      if (summary.refused > 0) return 2
      return isDry && summary.changed > 0 ? 3 : 0
    } finally {
      await app.close()
    }
  },
}
