import type { Path } from '../tree/ast.ts'
import type { Cursor } from './cursor.ts'

/** A name without dots. */
export function parseName(cursor: Cursor, what: string, hint?: string): string {
  const token = cursor.peek()
  if ((token?.kind !== 'word' && token?.kind !== 'name') || token.value === '') return cursor.expected(what, hint)
  cursor.take()
  return token.value
}

/** Most parts of a path: each is a join. */
const partsMax = 12

/** `plan`, `account.plan`, `users.events.at`. */
export function parsePath(cursor: Cursor): Path {
  const start = cursor.mark()
  const parts = [parseName(cursor, 'a column')]
  while (cursor.acceptSymbol('.')) parts.push(parseName(cursor, 'a column behind the dot'))
  if (parts.length > partsMax)
    return cursor.stop({
      code: 'too-deep',
      message: `a path has ${parts.length} parts; ${partsMax} is the most`,
      hint: 'Name a shorter way.',
      span: cursor.spanFrom(start),
    })
  return cursor.place(start, { kind: 'path', parts })
}

/** Takes a comma between items; one before the end of the list is reported and dropped. */
export function acceptComma(cursor: Cursor, ...closing: readonly string[]): boolean {
  const span = cursor.peek()?.span
  if (!cursor.acceptSymbol(',')) return false
  if (!cursor.isAtEnd() && !cursor.isSymbol(...closing)) return true
  cursor.report({
    code: 'trailing-comma',
    message: 'nothing follows the comma',
    hint: 'Leave the comma out.',
    span,
    fixes: span ? [{ title: 'trailing comma left out', span, text: '' }] : [],
  })
  return false
}
