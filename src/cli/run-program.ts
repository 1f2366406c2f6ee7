import { Option, Command as Program } from 'commander'
import { renderDiagnostic } from '../base/code-frame.ts'
import { Rejection } from '../base/diagnostic.ts'
import { describeError, Failure } from '../base/failure.ts'
import type { Command, CommandInput, CommandStreams, ExitCode } from './command.ts'
import { commands } from './commands/index.ts'

const version = '0.1.0'

const streams: CommandStreams = {
  out: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  err: (text) => void process.stderr.write(text.endsWith('\n') || text.startsWith('\r') ? text : `${text}\n`),
  isTerminal: process.stderr.isTTY === true,
  ...(process.stdout.isTTY && { columns: process.stdout.columns }),
}

/** Says what went wrong on standard error; a bug keeps its stack. */
function explain(error: unknown): ExitCode {
  if (error instanceof Rejection) {
    streams.err(error.diagnostics.map(renderDiagnostic).join('\n\n'))
    return 2
  }
  if (error instanceof Failure) {
    streams.err(`error: ${describeError(error)} [${error.code}]${error.hint ? `\n${error.hint}` : ''}`)
    return 1
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  streams.err(`this is a bug in hunch, please report it: ${describeError(new Error(message))}`)
  return 1
}

/** A first interrupt lets the command end by itself; a second one ends it now. */
function listenForInterrupt(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130)
      controller.abort()
    })
  }
  return controller.signal
}

function addCommand(program: Program, command: Command, finish: (code: ExitCode) => void, signal: AbortSignal): void {
  const sub = program.command(command.name).summary(command.summary).description(command.summary)
  for (const { name, summary } of command.arguments) sub.argument(name, summary)
  for (const { flags, summary, initial } of command.options) sub.option(flags, summary, initial)
  const config = new Option('--config <file>', 'configuration file').default('hunch.yaml')
  sub.addOption(command.ignoresConfig ? config.hideHelp() : config)
  if (command.hasFormat) sub.option('--format <text|json>', 'how the result is printed', 'text')
  if (command.examples.length > 0)
    sub.addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  ${line}\n`).join('')}`)
  sub.action(async (...given: unknown[]) => {
    const options = given[command.arguments.length] as CommandInput['options']
    if (command.hasFormat && options.format !== 'text' && options.format !== 'json') {
      streams.err(`error: \`--format\` is \`${String(options.format)}\`; it is \`text\` or \`json\``)
      return finish(2)
    }
    const input: CommandInput = {
      arguments: given.slice(0, command.arguments.length) as CommandInput['arguments'],
      options,
      configFile: String(options.config),
      format: options.format === 'json' ? 'json' : 'text',
      signal,
    }
    finish(await command.run(input, streams).catch(explain))
  })
}

/** Whoever reads the output has read enough, as `head` has: that is no error, and there is nobody to write to. */
function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit()
    })
}

/** Runs the command that the process was started with; returns what it ends with. */
export async function runProgram(): Promise<ExitCode> {
  endWithReader()
  const signal = listenForInterrupt()
  let code: ExitCode = 0
  const program = new Program('hunch')
    .description('Insight engine for B2B SaaS teams: tests thousands of hypotheses, mails the few that hold up.')
    .version(version)
    .showHelpAfterError('Run `hunch --help` or `hunch <command> --help` to see what there is.')
    .exitOverride()
  for (const command of commands) {
    addCommand(
      program,
      command,
      (result) => {
        code = result
      },
      signal,
    )
  }
  for (const sub of program.commands) sub.exitOverride()
  try {
    await program.parseAsync()
  } catch (error) {
    const { exitCode, code: reason } = error as { exitCode?: number; code?: string }
    if (reason?.startsWith('commander.')) return exitCode === 0 ? 0 : 2
    return explain(error)
  }
  return code
}
