/** Words and symbols of SQL and programming languages: read as what they mean, each with a diagnostic that mends the text. */
import type { Span } from '../../base/diagnostic.ts'
import type { BinaryOperator, Expression } from '../tree/ast.ts'
import type { Cursor } from './cursor.ts'

/** A diagnostic whose one fix rewrites `span`. */
export const foreign = (message: string, title: string, span: Span, text: string) =>
  ({ code: 'foreign-words', message, hint: 'Write it that way.', span, fixes: [{ title, span, text }] }) as const

/** Symbols of other languages, each with what it is here. */
export function acceptForeign(cursor: Cursor, foreign: string, ours: BinaryOperator): BinaryOperator | undefined {
  const span = cursor.peek()?.span
  if (!cursor.acceptSymbol(foreign)) return undefined
  cursor.report({
    code: 'foreign-operator',
    message: `\`${foreign}\` is written \`${ours}\``,
    hint: `Write \`${ours}\`.`,
    span,
    fixes: span ? [{ title: `${foreign} → ${ours}`, span, text: /\w/.test(ours) ? ` ${ours} ` : ours }] : [],
  })
  return ours
}

/** `like "%x%"` of SQL, where it says no more than `contains`, `starts with`, `ends with` or `=`. */
export function parseLike(cursor: Cursor, start: number, operand: Expression): Expression {
  const from = cursor.mark()
  cursor.take()
  const pattern = cursor.peek()
  if (pattern?.kind !== 'text') return cursor.expected('a text')
  cursor.take()
  const [, before, value = '', after] = /^(%?)([^%_]*)(%?)$/su.exec(pattern.value) ?? []
  if (before === undefined)
    return cursor.stop({
      code: 'foreign-words',
      message: '`like` is not in the language',
      hint: 'Use `contains`, `starts with` or `ends with`.',
      span: cursor.spanFrom(from),
    })
  const operator = before && after ? 'contains' : before ? 'ends with' : after ? 'starts with' : '='
  const span = cursor.spanFrom(from)
  const text = `${operator} "${value.replace(/[\\"]/g, '\\$&')}"`
  cursor.report(foreign(`\`like\` is written \`${operator}\` here`, `like → ${operator}`, span, text))
  return cursor.place(start, { kind: 'binary', operator, left: operand, right: { kind: 'text', value } })
}

/** `count(*)` of SQL. */
export function acceptStar(cursor: Cursor): void {
  const span = cursor.peek()?.span
  if (!span || !cursor.acceptSymbol('*')) return
  cursor.report({
    code: 'foreign-words',
    message: 'rows are counted without a star',
    hint: 'Write `count()`.',
    span,
    fixes: [{ title: 'count(*) → count()', span, text: '' }],
  })
}

/** `count(distinct x)` of SQL. */
export function acceptDistinct(cursor: Cursor, start: number, name: string): string | undefined {
  const next = cursor.peek(1)
  if (!cursor.isWord('distinct') || !(next?.kind === 'word' || next?.kind === 'name')) return undefined
  const word = cursor.peek()?.span
  cursor.take()
  const span = cursor.spanFrom(start)
  if (name.toLowerCase() !== 'count' || !word)
    return cursor.stop({
      code: 'foreign-words',
      message: `\`${name}\` does not take \`distinct\``,
      hint: 'Only `count_distinct(x)` looks at distinct values.',
      span,
    })
  cursor.report({
    code: 'foreign-words',
    message: '`count(distinct x)` is written `count_distinct(x)`',
    hint: 'Write `count_distinct(x)`.',
    span,
    fixes: [
      {
        title: 'count(distinct x) → count_distinct(x)',
        span: { start: span.start, end: next.span.start },
        text: 'count_distinct(',
      },
    ],
  })
  return 'count_distinct'
}
