/**
 * The world said no: a database that is down, a mail server that refuses, a port in use. Thrown. A job turns `retry: false`
 * into an unrecoverable error. The message must hold no secret: pass addresses through `hideSecrets` first.
 */
export class Failure extends Error {
  /** Stable, kebab-case. */
  readonly code: string
  /** Whether the same call may succeed later. */
  readonly retry: boolean
  /** A full sentence: what to do about it. */
  readonly hint: string | undefined

  constructor(message: string, options: { code: string; retry?: boolean; hint?: string; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.name = 'Failure'
    this.code = options.code
    this.retry = options.retry ?? false
    this.hint = options.hint
  }
}

/**
 * An address without user name, password and query: `postgres://u:p@host/db?key=1` becomes `postgres://host/db`. A password may hold `/` and
 * `@` as they are, so everything up to the last `@` of the word goes: rather too much than a part of a secret.
 */
export function hideSecrets(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s"'`]*@/gi, '$1').replace(/(\/\/[^\s?]+)\?[^\s]*/g, '$1')
}

/** The message of anything that was thrown, without secrets. */
export function describeError(error: unknown): string {
  return hideSecrets(error instanceof Error ? error.message : String(error))
}
