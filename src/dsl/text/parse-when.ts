import { reportElse } from '../foreign/accept-condition.ts'
import type { Expression } from '../tree/ast.ts'
import type { Cursor } from './cursor.ts'
import { acceptComma } from './parse-names.ts'

/** `when(c1: a, c2: b, else: c)`, from its name on. */
export function parseWhen(cursor: Cursor, parseExpression: (cursor: Cursor) => Expression): Expression {
  const start = cursor.mark()
  cursor.take()
  cursor.take()
  const cases: { condition: Expression; value: Expression }[] = []
  let otherwise: Expression | undefined
  do {
    if (cursor.isWord('else') && cursor.peek(1)?.value === ':') {
      cursor.take()
      cursor.take()
      otherwise = parseExpression(cursor)
      break
    }
    const condition = parseExpression(cursor)
    if (cases.length > 0 && cursor.isSymbol(')')) {
      reportElse(cursor, condition)
      otherwise = condition
      break
    }
    cursor.expectSymbol(':')
    cases.push({ condition, value: parseExpression(cursor) })
  } while (acceptComma(cursor, ')'))
  cursor.expectSymbol(')')
  if (cases.length === 0)
    return cursor.stop({
      code: 'syntax',
      message: '`when` has no case',
      hint: 'Write `when(condition: value, else: other)`.',
      span: cursor.spanFrom(start),
    })
  return cursor.place(start, { kind: 'when', cases, ...(otherwise ? { otherwise } : {}) })
}
