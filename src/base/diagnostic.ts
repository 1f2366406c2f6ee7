/**
 * Somebody wrote something wrong: a value, never an exception. One shape serves the terminal (code frame), editors,
 * HTTP (`application/problem+json`) and a model's repair prompt.
 */
export type Severity = 'error' | 'warning' | 'info'

/** A half-open range of UTF-16 offsets inside one source text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A text as somebody wrote it, and the name it is known by (a file path, `-e`, `request`). */
export interface Source {
  readonly name: string
  readonly text: string
}

/** One edit that mends the mistake; `applyFix` carries it out. */
export interface Fix {
  /** What it does, as in `users → account.users`. */
  readonly title: string
  readonly span: Span
  readonly text: string
}

export interface Diagnostic {
  /** Stable, kebab-case, listed in `docs/reference/diagnostics.md`. */
  readonly code: string
  readonly severity: Severity
  /** Lower case, one line, no full stop, names in backticks: what *is* wrong. */
  readonly message: string
  /** A full sentence: how to mend it. */
  readonly hint?: string
  readonly source?: Source
  readonly span?: Span
  /** Keys that lead to what is wrong in a structured file, where that was found in values: `locateDiagnostic` finds the place. */
  readonly path?: readonly (string | number)[]
  /** Up to three names that may have been meant. */
  readonly candidates: readonly string[]
  readonly fixes: readonly Fix[]
}

/** A result of reading something that somebody wrote: `value` only when no diagnostic is an error. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

type DiagnosticInput = Pick<Diagnostic, 'code' | 'message'> & Partial<Diagnostic>

export function createDiagnostic(input: DiagnosticInput): Diagnostic {
  return { severity: 'error', candidates: [], fixes: [], ...input }
}

export const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error'

export const accept = <T>(value: T, diagnostics: readonly Diagnostic[] = []): Outcome<T> => ({
  ok: true,
  value,
  diagnostics,
})

export const reject = (...diagnostics: readonly Diagnostic[]): Outcome<never> => ({ ok: false, diagnostics })

/** The text after `fix`. */
export function applyFix(text: string, fix: Fix): string {
  return text.slice(0, fix.span.start) + fix.text + text.slice(fix.span.end)
}

/** Carries diagnostics out of a journey that cannot go on; `cli` and `api` show them. */
export class Rejection extends Error {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('; '))
    this.name = 'Rejection'
    this.diagnostics = diagnostics
  }
}

/** The value, or a thrown `Rejection`. */
export function expectAccepted<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Rejection(outcome.diagnostics)
}
