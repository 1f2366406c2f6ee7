import type { Grain } from '../../base/periods.ts'
import { findOwn } from '../check/find-own.ts'
import type { Duration, Path } from '../tree/ast.ts'
import type { Cursor } from './cursor.ts'
import { acceptComma, parsePath } from './parse-names.ts'
import { acceptDuration, findUnit } from './parse-range.ts'

/** `where` starts a condition unless what follows makes it a column. */
export const isWhere = (cursor: Cursor): boolean => {
  const next = cursor.peek(1)
  return cursor.isWord('where') && next !== undefined && !(next.kind === 'symbol' && !'(-!'.includes(next.value))
}

/** `per` starts the columns to keep apart where a name follows. */
const isPer = (cursor: Cursor): boolean => cursor.isWord('per') && ['word', 'name'].includes(cursor.peek(1)?.kind ?? '')

/** `over` starts a stretch of time where a number follows. */
const isOver = (cursor: Cursor): boolean => cursor.isWord('over') && cursor.peek(1)?.kind === 'number'

/** `restart` starts the unit to count anew with where a unit follows. */
const isRestart = (cursor: Cursor): boolean =>
  cursor.isWord('restart') && cursor.peek(1)?.kind === 'word' && findUnit(cursor.peek(1)!.value) !== undefined

/** Words that go on after a column called `by`. */
const continuing =
  /^(?:is|in|not|between|contains|matches|starts|ends|before|after|since|like|ilike|and|or|asc|desc|by|where|over|restart|per)$/i

/** `by` starts what rows are ordered by unless what follows makes it a column. */
function isBy(cursor: Cursor): boolean {
  const next = cursor.peek(1)
  if (!cursor.isWord('by') || !next) return false
  return next.kind === 'name' || (next.kind === 'word' ? !continuing.test(next.value) : '(-'.includes(next.value))
}

/** Whether what follows the arguments begins already. */
export const isClause = (cursor: Cursor): boolean =>
  isBy(cursor) || isWhere(cursor) || isPer(cursor) || isOver(cursor) || isRestart(cursor)

/** Where there are no arguments, `by` and its value in the form that is not taken for a column and what follows it. */
export function separateBy(value: string): string {
  const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(value)?.[0]
  return (word !== undefined && !continuing.test(word)) || value.startsWith('`') ? value : `(${value})`
}

/** Whether arguments that start with a column called `by` would be taken for what rows are ordered by. */
export function looksLikeBy(args: string): boolean {
  const after = /^by(?![\p{L}\p{N}_])\s*(.*)$/su.exec(args)?.[1]
  return (
    after !== undefined && /^[\p{L}_`(-]/u.test(after) && !continuing.test(/^[\p{L}\p{N}_]*/u.exec(after)?.[0] ?? '')
  )
}

/** `year` behind `restart`. */
export function parseUnit(cursor: Cursor): Grain {
  const token = cursor.peek()
  const unit = token?.kind === 'word' ? findUnit(token.value) : undefined
  if (!unit) return cursor.expected('a unit of time', 'Write `restart year`.')
  cursor.take()
  return unit
}

/** `30 days` behind `over`. */
export function parseStretch(cursor: Cursor): Duration {
  const duration = acceptDuration(cursor)
  if (!duration || duration.count < 1 || duration.count > 10_000)
    return cursor.expected('a stretch of time', 'Write a number from 1 to 10000 and a unit, as `over 30 days`.')
  return Object.freeze(duration)
}

/** Whether `all` stands for everything: the call ends behind it, or goes on with another clause. */
function isAll(cursor: Cursor): boolean {
  const next = cursor.peek(1)
  if (!cursor.isWord('all') || !next) return false
  return next.kind === 'symbol' ? next.value === ')' : next.kind === 'word'
}

/** Columns behind `per`, or `all`. */
export function parsePer(cursor: Cursor): readonly Path[] | 'all' {
  if (isAll(cursor)) {
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
