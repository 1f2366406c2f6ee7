import type { Expression } from '../tree/ast.ts'
import { digitsMax, type ExactNumber, negateExact, readExact } from '../tree/exact-number.ts'
import type { Cursor } from './cursor.ts'
import { isPeriod } from './parse-range.ts'

/** The number that stands here. One with more digits than engines hold, or beyond what they reach, ends the step. */
export function parseNumber(cursor: Cursor): ExactNumber {
  const { value: text = '', span } = cursor.take() ?? {}
  const value = readExact(text)
  if (value !== undefined) return value
  const near = String(Number(text))
  const isTooLarge = !Number.isFinite(Number(text))
  return cursor.stop({
    code: 'number-too-large',
    message: isTooLarge ? `\`${text}\` is too large a number` : `\`${text}\` has more than ${digitsMax} digits`,
    ...(isTooLarge ? {} : { hint: `Write \`${near}\`.` }),
    span,
    fixes: isTooLarge || !span ? [] : [{ title: `${text} → ${near}`, span, text: near }],
  })
}

/** A written value: `"EE"`, `-3`, `true`, `2025-03`. */
export function parseLiteral(cursor: Cursor, hint?: string): Expression {
  const start = cursor.mark()
  const isNegative = cursor.acceptSymbol('-')
  const token = cursor.peek()
  if (token?.kind === 'number') {
    const value = parseNumber(cursor)
    return cursor.place(start, { kind: 'number', value: isNegative ? negateExact(value) : value })
  }
  const isFit = !isNegative && token !== undefined
  if (isFit && token.kind === 'text') {
    cursor.take()
    return cursor.place(start, { kind: 'text', value: token.value })
  }
  if (isFit && token.kind === 'word' && /^(true|false)$/i.test(token.value)) {
    cursor.take()
    return cursor.place(start, { kind: 'boolean', value: token.value.toLowerCase() === 'true' })
  }
  if (isFit && token.kind === 'period' && isPeriod(token.value)) {
    cursor.take()
    return cursor.place(start, { kind: 'period', period: token.value })
  }
  return cursor.expected('a value', hint ?? 'Write a text in quotes, a number, `true`, `false` or a date.')
}

/** The value as somebody would call it. */
export function nameLiteral(literal: Expression): string {
  if (literal.kind === 'text' || literal.kind === 'number' || literal.kind === 'boolean') return String(literal.value)
  return literal.kind === 'period' ? literal.period : ''
}
