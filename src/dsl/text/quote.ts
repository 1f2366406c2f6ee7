import type { FieldType } from '../../catalog/catalog.ts'
import type { ExactNumber } from '../tree/exact-number.ts'

/** Words that would be read as something else where a name stands. Everything else is known by its place. */
const ambiguousWords: ReadonlySet<string> = new Set(['not', 'true', 'false', 'where', 'per', 'else'])

/** A name as it stands in an exploration: plain where possible, else in backticks. */
export function quoteName(name: string): string {
  if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !ambiguousWords.has(name)) return name
  return `\`${name.replace(/[\\`]/g, '\\$&').replace(/\n/g, '\\n')}\``
}

/** A path as it stands in an exploration: `account.plan`. */
export const quotePath = (parts: readonly string[]): string => parts.map(quoteName).join('.')

/** A text in double quotes, on one line. */
export function quoteText(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`
}

/** A number as the lexer reads it back: never a fraction without its zero, never `Infinity`. */
export const quoteNumber = (value: ExactNumber): string => String(value)

/**
 * A value of a field as it is written in an exploration: `"EE"`, `12`, `true`, `2025-03-14`. An empty value has no literal:
 * write `x is empty`.
 */
export function formatValue(value: string | number | boolean, type: FieldType): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return type === 'text' ? quoteText(String(value)) : quoteNumber(value)
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value
  if (type === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return value.trim()
  if (type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  if (type === 'timestamp' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/.test(value)) return value
  return quoteText(value)
}
