import { generatedNote, type ReferencePage } from '../base/reference-page.ts'
import type { Command } from './command.ts'
import { commands } from './commands/index.ts'

export function writeCliReference(): readonly ReferencePage[] {
  return [
    {
      path: 'docs/reference/cli.md',
      text: `${generatedNote}
# The command line

\`hunch <command>\`; in the repository \`./bin/hunch <command>\`. Commands that work on a
workspace take \`--config <file>\` (default \`hunch.yaml\`); all take \`--help\`. Results go to standard output, progress and messages to standard error.

| exit code | means |
|---|---|
| 0 | done |
| 1 | the world said no: a database that is down, a port in use |
| 2 | wrong input: a mistake in a file, an option or an exploration |
| 3 | something is not as \`--check\` asks for |

${commands.map(writeCommand).join('\n')}`,
    },
  ]
}

function writeCommand({ name, summary, arguments: given, options, hasFormat, examples }: Command): string {
  const format = { flags: '--format <text|json>', summary: 'how the result is printed', initial: 'text' }
  const rows = [
    ...given.map((one) => `| \`${one.name}\` | ${one.summary} |`),
    ...[...options, ...(hasFormat ? [format] : [])].map(
      ({ flags, summary: meaning, initial }) =>
        `| \`${flags.replace(/\|/g, '\\|')}\` | ${meaning}${initial === undefined || initial === false ? '' : ` (default \`${initial}\`)`} |`,
    ),
  ]
  return [
    `## \`hunch ${[name, ...given.map((one) => one.name)].join(' ')}\``,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    ...(rows.length > 0 ? ['| argument or option | meaning |', '|---|---|', ...rows, ''] : []),
    ...(examples.length > 0 ? [...examples.map((line) => `    ${line}`), ''] : []),
  ].join('\n')
}
