import { accept, type Diagnostic, isError, type Outcome } from '../../base/diagnostic.ts'
import type { Expression } from '../tree/ast.ts'
import { createCursor, parseStop } from './cursor.ts'
import { parseExpression } from './parse-expression.ts'
import { readTokens } from './tokens.ts'

const known = new Map<string, Outcome<Expression>>()
const knownMax = 10_000

/** An expression that stands alone, as a metric's measure or a policy's condition. Read once a text. */
export function parseMeasure(text: string, sourceName = 'measure'): Outcome<Expression> {
  const key = `${sourceName}\n${text}`
  const before = known.get(key)
  if (before) return before
  if (known.size >= knownMax) known.clear()
  const outcome = readMeasure(text, sourceName)
  known.set(key, outcome)
  return outcome
}

function readMeasure(text: string, name: string): Outcome<Expression> {
  const source = { name, text }
  const { tokens, diagnostics: found } = readTokens(source)
  const diagnostics: Diagnostic[] = [...found]
  const words = tokens.filter(({ kind }) => kind !== 'newline' && kind !== 'comment')
  const cursor = createCursor(source, { tokens: words, span: { start: 0, end: text.length } }, diagnostics)
  try {
    const expression = parseExpression(cursor)
    if (!cursor.isAtEnd()) cursor.expected('the end of the expression')
    return diagnostics.some(isError) ? { ok: false, diagnostics } : accept(expression, diagnostics)
  } catch (error) {
    if (error !== parseStop) throw error
    return { ok: false, diagnostics }
  }
}
