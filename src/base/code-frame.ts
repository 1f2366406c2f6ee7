import type { Diagnostic, Source, Span } from './diagnostic.ts'

export interface Position {
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
}

export function locate(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - (before.lastIndexOf('\n') + 1) + 1 }
}

/** The line of the mistake with a row of carets below it. */
export function renderCodeFrame({ text }: Source, { start, end }: Span): string {
  const { line, column } = locate(text, start)
  const row = text.split('\n')[line - 1] ?? ''
  const width = Math.max(1, Math.min(end - start, row.length - column + 1))
  const gutter = String(line)
  const blank = ' '.repeat(gutter.length)
  return `${gutter} | ${row}\n${blank} | ${' '.repeat(column - 1)}${'^'.repeat(width)}`
}

/** A diagnostic as the terminal shows it: place, message, code frame, hint and candidates. */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { severity, code, message, hint, source, span, candidates } = diagnostic
  const at = source && span ? locate(source.text, span.start) : undefined
  const place = source ? `${source.name}${at ? `:${at.line}:${at.column}` : ''}: ` : ''
  return [
    `${place}${severity}: ${message} [${code}]`,
    source && span ? renderCodeFrame(source, span) : undefined,
    hint,
    candidates.length > 0 ? `Did you mean ${candidates.map((name) => `\`${name}\``).join(' or ')}?` : undefined,
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}
