import { openQueryApp } from '../../app.ts'
import { renderDiagnostic } from '../../base/code-frame.ts'
import { expectAccepted, type Source } from '../../base/diagnostic.ts'
import { countNoun, formatMs } from '../../base/format.ts'
import { readTextFile } from '../../base/read-text-file.ts'
import type { Compiled } from '../../dsl/exploration.ts'
import { compileExploration, type QueryResult, runExploration } from '../../engine/ask/run-exploration.ts'
import type { Command, CommandInput, CommandStreams, ExitCode } from '../command.ts'
import { layOutTable } from '../lay-out-table.ts'
import { listSentences } from '../list-sentences.ts'
import { readDay } from '../read-day.ts'
import { wrongOption } from '../wrong-option.ts'

/** Rows are what a query gives; what a hypothesis says of them is the matter of a cycle. */
const testNote =
  'note: `test` is not run by `query`, which prints the rows that it would judge. `hunch detect` runs a detector; a cycle runs `hypotheses/*.hunch`.'

export const query: Command = {
  name: 'query',
  summary: 'compile and run an exploration',
  arguments: [{ name: '[file]', summary: 'file with an exploration; `-` reads standard input' }],
  options: [
    { flags: '-e, --exploration <text>', summary: 'the exploration itself' },
    { flags: '--sql', summary: 'print the SQL instead of running it' },
    { flags: '--explain', summary: 'print the steps in words instead of running them' },
    { flags: '--step <n>', summary: 'only the steps up to this one; 0 is `from`' },
    { flags: '--as-of <date>', summary: 'the day on which it is asked, YYYY-MM-DD (default: today)' },
    { flags: '--param <k=v...>', summary: 'values of its `param` lines' },
    { flags: '--rows <n>', summary: 'most rows to print (default: 10000)' },
  ],
  hasFormat: true,
  examples: [
    'hunch query signups.hunch --as-of 2026-09-30',
    "hunch query -e 'from account\ngroup by plan: accounts = count()' --sql",
  ],
  async run(input, streams): Promise<ExitCode> {
    const { name, text: source } = readSource(input)
    const options = { ...readOptions(input), sourceName: name }
    const app = await openQueryApp({ configFile: input.configFile })
    try {
      const compiled = compileExploration(app, source, options)
      refuseFarStep(options.upToStep, compiled.steps.length)
      if (input.options.sql === true || input.options.explain === true) streams.out(writeCompiled(compiled, input))
      else {
        if (compiled.test) streams.err(testNote)
        showResult(await runExploration(app, source, options), input, streams)
      }
    } finally {
      await app.close()
    }
    return 0
  },
}

function readOptions({ options, signal }: CommandInput) {
  const rowsMax = readCount('--rows', options.rows)
  return {
    asOf: readDay(options.asOf, 'the day on which it is asked'),
    upToStep: readCount('--step', options.step),
    parameters: Object.fromEntries(readList(options.param).map(readPair)),
    limits: rowsMax === undefined ? {} : { rowsMax },
    signal,
  }
}

const text = (value: CommandInput['options'][string]): string | undefined =>
  typeof value === 'string' ? value : undefined

const readList = (value: CommandInput['options'][string]): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value : []

function readCount(flag: string, value: CommandInput['options'][string]): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value)
  throw wrongOption(`\`${flag}\` is \`${String(value)}\`, not a whole number`, 'Write it in digits, as `20`.')
}

/** `count` is of all steps when `step` is beyond them. */
function refuseFarStep(step: number | undefined, count: number): void {
  if (step === undefined || step < count) return
  const hint = count === 1 ? 'Give 0, its `from`.' : `Give a number from 0, its \`from\`, to ${count - 1}.`
  throw wrongOption(`\`--step\` is ${step}, and the exploration has ${countNoun(count, 'step')}`, hint)
}

function readPair(pair: string): readonly [string, string] {
  const at = pair.indexOf('=')
  if (at < 1) throw wrongOption(`\`--param\` is \`${pair}\`, without a value`, 'Write it as `name=value`.')
  return [pair.slice(0, at), pair.slice(at + 1)]
}

/** The text of `-e`, of the file, or of standard input. */
function readSource({ arguments: [file], options }: CommandInput): Source {
  const given = text(options.exploration)
  if (given === undefined && file === undefined)
    throw wrongOption('there is no exploration to run', 'Give a file, or the text behind `-e`.')
  if (given !== undefined && file !== undefined)
    throw wrongOption('there are two explorations: a file, and the text behind `-e`', 'Give one of them.')
  if (given !== undefined) return { name: '-e', text: given }
  return { name: String(file), text: expectAccepted(readTextFile(file === '-' ? '/dev/stdin' : String(file))) }
}

function writeCompiled(compiled: Compiled, { format, options }: CommandInput): string {
  const { sql, parameters, steps, text: exploration, columns, asOf, fixes, lints } = compiled
  if (format === 'json') return JSON.stringify({ exploration, steps, columns, sql, parameters, asOf, fixes, lints })
  const sentences = listSentences(steps)
  const values = parameters.map((value, at) => `-- $${at + 1} = ${JSON.stringify(value)}`)
  return [...(options.explain === true ? sentences : []), ...(options.sql === true ? [sql, ...values] : [])].join('\n')
}

function showResult(result: QueryResult, { format }: CommandInput, { out, err }: CommandStreams): void {
  if (format === 'json') {
    out(JSON.stringify(result))
    return
  }
  for (const fix of result.fixes) err(`mended: ${fix}`)
  for (const lint of result.lints) err(renderDiagnostic(lint))
  out(layOutTable(result.columns, result.rows))
  const more = result.truncated ? ', more were cut' : ''
  err(`${countNoun(result.rowCount, 'row')}${more} in ${formatMs(result.ms)}, as of ${result.asOf}`)
}
