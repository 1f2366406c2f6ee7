/** 0 done · 1 the world said no · 2 wrong input · 3 something is not as `--check` asks for. */
export type ExitCode = 0 | 1 | 2 | 3

/** Streams of a command: results go to `out`, progress and messages to `err`. */
export interface CommandStreams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Whether `err` is a terminal: progress is then one live line. */
  readonly isTerminal: boolean
  /** Characters in a line of the terminal that `out` is; absent where it is none. */
  readonly columns?: number
}

export interface CommandOption {
  /** As commander reads it: `--as-of <date>`, `-e, --exploration <text>`, `--param <k=v...>`. */
  readonly flags: string
  readonly summary: string
  readonly initial?: string | boolean
}

/**
 * One command of `hunch`. `--config <file>` (default `hunch.yaml`) is on all of them; `--format <text|json>` where `hasFormat`. A thrown
 * `Rejection` becomes exit code 2 with code frames, a `Failure` exit code 1 with its hint.
 */
export interface Command {
  readonly name: string
  readonly summary: string
  /** As commander reads them: `[file]`, `<detector>`, `<files...>`. */
  readonly arguments: readonly { readonly name: string; readonly summary: string }[]
  readonly options: readonly CommandOption[]
  readonly hasFormat: boolean
  /** It works on no workspace: `--config` is taken and not shown. */
  readonly ignoresConfig?: true
  /** Shown below the help: one or two lines to copy. */
  readonly examples: readonly string[]
  readonly run: (input: CommandInput, streams: CommandStreams) => Promise<ExitCode>
}

export interface CommandInput {
  /** Positional arguments in order; a variadic one is an array. */
  readonly arguments: readonly (string | readonly string[] | undefined)[]
  /** Camel-cased names of the flags. */
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  readonly configFile: string
  readonly format: 'text' | 'json'
  readonly signal: AbortSignal
}
