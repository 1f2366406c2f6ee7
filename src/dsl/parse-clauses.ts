import type { Duration, Path } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { findOwn } from './find-own.ts'
import { acceptComma, parsePath } from './parse-names.ts'
import { acceptDuration } from './parse-range.ts'

/** `where` starts a condition unless what follows makes it a column. */
export const isWhere = (cursor: Cursor): boolean => {
  const next = cursor.peek(1)
  return cursor.isWord('where') && next !== undefined && !(next.kind === 'symbol' && !'(-!'.includes(next.value))
}

/** `per` starts the columns to keep apart where a name follows. */
const isPer = (cursor: Cursor): boolean => cursor.isWord('per') && ['word', 'name'].includes(cursor.peek(1)?.kind ?? '')

/** `over` starts a stretch of time where a number follows. */
const isOver = (cursor: Cursor): boolean => cursor.isWord('over') && cursor.peek(1)?.kind === 'number'

/** Whether what follows the arguments begins already. */
export const isClause = (cursor: Cursor): boolean => isWhere(cursor) || isPer(cursor) || isOver(cursor)

/** `30 days` behind `over`. */
export function parseStretch(cursor: Cursor): Duration {
  const duration = acceptDuration(cursor)
  if (!duration || duration.count < 1 || duration.count > 10_000)
    return cursor.expected('a stretch of time', 'Write a number from 1 to 10000 and a unit, as `over 30 days`.')
  return Object.freeze(duration)
}

/** Columns behind `per`, or `all`. */
export function parsePer(cursor: Cursor): readonly Path[] | 'all' {
  if (cursor.isWord('all') && cursor.peek(1)?.value === ')') {
    cursor.take()
    return 'all'
  }
  const per = [parsePath(cursor)]
  while (acceptComma(cursor, ')')) per.push(parsePath(cursor))
  return Object.freeze(per)
}

const spellings: Readonly<Record<string, 'asc' | 'desc'>> = {
  asc: 'asc',
  desc: 'desc',
  descending: 'desc',
  down: 'desc',
  ascending: 'asc',
  up: 'asc',
}

/** The direction of a sort key, `initial` where none is written. */
export function parseDirection(cursor: Cursor, initial: 'asc' | 'desc'): 'asc' | 'desc' {
  const token = cursor.peek()
  const word = token?.kind === 'word' ? token.value.toLowerCase() : ''
  const direction = findOwn(spellings, word)
  if (direction === undefined || !token) return initial
  cursor.take()
  if (direction !== word)
    cursor.report({
      code: 'foreign-words',
      message: `\`${token.value}\` is written \`${direction}\``,
      hint: 'Ascending needs no word; write `desc` for descending.',
      span: token.span,
      fixes: [{ title: `${token.value} → ${direction}`, span: token.span, text: direction }],
    })
  return direction
}
