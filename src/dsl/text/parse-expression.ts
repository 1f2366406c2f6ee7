import {
  acceptBracket,
  acceptFilter,
  acceptIsValue,
  acceptRange,
  refuseSubquery,
  reportClauseComma,
} from '../foreign/accept-condition.ts'
import { acceptAgo, acceptConcat, acceptForm, acceptTimeOfDay } from '../foreign/accept-form.ts'
import { acceptOver, acceptWithin } from '../foreign/accept-over.ts'
import { acceptCasts } from '../foreign/cast.ts'
import type { BinaryOperator, Call, Expression, SortItem } from '../tree/ast.ts'
import { negateExact } from '../tree/exact-number.ts'
import type { Cursor } from './cursor.ts'
import { isClause, isWhere, parseDirection, parsePer, parseStretch, parseUnit } from './parse-clauses.ts'
import { acceptDistinct, acceptForeign, acceptStar, foreign, parseLike } from './parse-foreign.ts'
import { parseNumber } from './parse-literal.ts'
import { acceptComma, parseName, parsePath } from './parse-names.ts'
import { acceptDuration, isPeriod, parseRange } from './parse-range.ts'
import { parseWhen } from './parse-when.ts'

type Accept = (cursor: Cursor) => BinaryOperator | undefined

/** Reads operators of one strength, from left to right. */
function parseChain(cursor: Cursor, next: (cursor: Cursor) => Expression, accept: Accept) {
  const start = cursor.mark()
  let left = next(cursor)
  for (let operator = accept(cursor); operator; operator = accept(cursor)) {
    cursor.deepen()
    left = cursor.place(start, { kind: 'binary', operator, left, right: next(cursor) } as const)
  }
  return left
}

function acceptOneOf(...operators: readonly BinaryOperator[]): Accept {
  const known: ReadonlySet<string> = new Set(operators)
  return (cursor) => {
    const token = cursor.peek()
    if (token?.kind !== 'symbol' || !known.has(token.value)) return undefined
    cursor.take()
    return token.value as BinaryOperator
  }
}

const acceptOr: Accept = (cursor) => (cursor.acceptWord('or') ? 'or' : acceptForeign(cursor, '||', 'or'))
const acceptAnd: Accept = (cursor) => (cursor.acceptWord('and') ? 'and' : acceptForeign(cursor, '&&', 'and'))
const acceptComparison = acceptOneOf('=', '!=', '<', '<=', '>', '>=')
const acceptCoalesce = acceptOneOf('??')
const acceptSum = acceptOneOf('+', '-')
const acceptProduct = acceptOneOf('*', '/', '%')

/** An expression, from `or` down to names and values. */
export function parseExpression(cursor: Cursor): Expression {
  cursor.deepen()
  const expression = parseChain(cursor, parseAnd, acceptOr)
  cursor.rise()
  return expression
}

const parseAnd = (cursor: Cursor): Expression => parseChain(cursor, parseNot, acceptAnd)

/** `not` is a column where nothing that could be negated follows. */
function isNegation(cursor: Cursor): boolean {
  if (cursor.isSymbol('!')) return true
  const next = cursor.peek(1)
  return (
    cursor.isWord('not') && next !== undefined && (next.kind !== 'symbol' || next.value === '(' || next.value === '-')
  )
}

function parseNot(cursor: Cursor): Expression {
  if (!isNegation(cursor)) return parseComparison(cursor)
  const start = cursor.mark()
  const bang = cursor.isSymbol('!') ? cursor.peek()?.span : undefined
  if (bang)
    cursor.report({
      code: 'foreign-operator',
      message: '`!` is written `not`',
      hint: 'Write `not`.',
      span: bang,
      fixes: [{ title: '! → not', span: bang, text: 'not ' }],
    })
  cursor.take()
  cursor.deepen()
  const operand = parseNot(cursor)
  return cursor.place(start, { kind: 'not', operand })
}

function parseComparison(cursor: Cursor): Expression {
  const start = cursor.mark()
  const left = parseCoalesce(cursor)
  const operator = acceptComparison(cursor) ?? acceptForeign(cursor, '==', '=') ?? acceptForeign(cursor, '<>', '!=')
  if (operator) return parseSides(cursor, start, operator, left)
  if (cursor.acceptWord('is')) return parseIsEmpty(cursor, start, left)
  const negated = cursor.isWord('not') && isPredicate(cursor.peek(1)?.value) && cursor.acceptWord('not')
  const predicate = parsePredicate(cursor, start, left, negated)
  return predicate ?? left
}

const predicateWords = new Set([
  'in',
  'between',
  'contains',
  'matches',
  'starts',
  'ends',
  'before',
  'after',
  'since',
  'like',
  'ilike',
])
const isPredicate = (word: string | undefined) => word !== undefined && predicateWords.has(word.toLowerCase())

function parseSides(cursor: Cursor, start: number, operator: BinaryOperator, left: Expression): Expression {
  if (cursor.isWord('null') && (operator === '=' || operator === '!=')) {
    const from = cursor.mark() - 1
    cursor.take()
    const text = operator === '=' ? 'is empty' : 'is not empty'
    const span = cursor.spanFrom(from)
    cursor.report(
      foreign(`a comparison with \`null\` is written \`${text}\``, `${operator} null → ${text}`, span, ` ${text}`),
    )
    return cursor.place(start, { kind: 'is_empty', operand: left, negated: operator === '!=' })
  }
  const range = acceptRange(cursor, operator)
  if (range) return cursor.place(start, { kind: 'in_range', operand: left, range, negated: false })
  return cursor.place(start, { kind: 'binary', operator, left, right: parseCoalesce(cursor) })
}

function parseIsEmpty(cursor: Cursor, start: number, operand: Expression): Expression {
  const word = cursor.mark() - 1
  const negated = cursor.acceptWord('not')
  const value = acceptIsValue(cursor, word, negated ? '!=' : '=')
  if (value) return cursor.place(start, { kind: 'binary', operator: negated ? '!=' : '=', left: operand, right: value })
  const from = cursor.mark()
  if (cursor.acceptWord('null')) {
    const span = cursor.spanFrom(from)
    cursor.report(foreign('nothing is called `empty`, not `null`', 'null → empty', span, 'empty'))
  } else if (!cursor.acceptWord('empty'))
    cursor.expected('`empty`', 'Write `is empty` or `is not empty`; compare values with `=`.')
  return cursor.place(start, { kind: 'is_empty', operand, negated })
}

function parsePredicate(cursor: Cursor, start: number, operand: Expression, negated: boolean): Expression | undefined {
  if (!isPredicate(cursor.peek()?.value)) return undefined
  const negate = (expression: Expression): Expression =>
    negated ? cursor.place(start, { kind: 'not', operand: expression }) : expression
  if (cursor.isWord('before') || cursor.isWord('after') || cursor.isWord('since'))
    return cursor.place(start, { kind: 'in_range', operand, range: parseRange(cursor), negated } as const)
  if (cursor.acceptWord('in')) return parseIn(cursor, start, operand, negated)
  if (cursor.acceptWord('between')) {
    const low = parseCoalesce(cursor)
    cursor.expectWord('and')
    return cursor.place(start, { kind: 'between', operand, low, high: parseCoalesce(cursor), negated } as const)
  }
  for (const operator of ['contains', 'starts with', 'ends with', 'matches'] as const)
    if (cursor.acceptWord(...operator.split(' ')))
      return negate(cursor.place(start, { kind: 'binary', operator, left: operand, right: parseCoalesce(cursor) }))
  if (cursor.isWord('like') || cursor.isWord('ilike')) return negate(parseLike(cursor, start, operand))
  return undefined
}

function parseIn(cursor: Cursor, start: number, operand: Expression, negated: boolean): Expression {
  if (!cursor.acceptSymbol('(') && !acceptBracket(cursor, '['))
    return cursor.place(start, { kind: 'in_range', operand, range: parseRange(cursor), negated } as const)
  refuseSubquery(cursor, 'a list')
  const items = [parseExpression(cursor)]
  while (acceptComma(cursor, ')', ']')) items.push(parseExpression(cursor))
  if (!acceptBracket(cursor, ']')) cursor.expectSymbol(')')
  return cursor.place(start, { kind: 'in_list', operand, items, negated })
}

const parseCoalesce = (cursor: Cursor): Expression => parseChain(cursor, parseJoined, acceptCoalesce)

function parseJoined(cursor: Cursor): Expression {
  const start = cursor.mark()
  return acceptConcat(cursor, start, parseSum(cursor), parseSum)
}

const parseSum = (cursor: Cursor): Expression => parseChain(cursor, parseProduct, acceptSum)
const parseProduct = (cursor: Cursor): Expression => parseChain(cursor, parseUnary, acceptProduct)

function parseUnary(cursor: Cursor): Expression {
  const start = cursor.mark()
  if (!cursor.acceptSymbol('-')) return acceptCasts(cursor, start, parsePrimary(cursor))
  const next = cursor.peek()
  if (next?.kind === 'number') {
    return cursor.place(start, { kind: 'number', value: negateExact(parseNumber(cursor)) })
  }
  cursor.deepen()
  const operand = parseUnary(cursor)
  cursor.rise()
  return cursor.place(start, { kind: 'negate', operand })
}

/** A value, a name, a call, or anything in parentheses. */
function parsePrimary(cursor: Cursor): Expression {
  const start = cursor.mark()
  const token = cursor.peek()
  if (cursor.acceptSymbol('(')) {
    refuseSubquery(cursor)
    const inner = parseExpression(cursor)
    cursor.expectSymbol(')')
    return inner
  }
  switch (token?.kind) {
    case 'text':
      cursor.take()
      return cursor.place(start, { kind: 'text', value: token.value })
    case 'number': {
      const duration = acceptDuration(cursor)
      if (duration) return acceptAgo(cursor, start, duration) ?? cursor.place(start, { kind: 'duration', ...duration })
      return cursor.place(start, { kind: 'number', value: parseNumber(cursor) })
    }
    case 'period':
      if (!isPeriod(token.value))
        return cursor.stop({
          code: 'no-such-date',
          message: `\`${token.value}\` is not a date of the calendar`,
          hint: 'Write a day that exists, as `2025-02-28`.',
        })
      cursor.take()
      return acceptTimeOfDay(cursor, start, token.value) ?? cursor.place(start, { kind: 'period', period: token.value })
    case 'word':
      if (/^(true|false)$/i.test(token.value)) {
        cursor.take()
        return cursor.place(start, { kind: 'boolean', value: token.value.toLowerCase() === 'true' })
      }
      return acceptForm(cursor, parseExpression) ?? parseNameOrCall(cursor)
    case 'name':
      return parseNameOrCall(cursor)
    default:
      return cursor.expected('a column, a value or a function')
  }
}

function parseNameOrCall(cursor: Cursor): Expression {
  const next = cursor.peek(1)
  if (next?.kind === 'symbol' && next.value === '(')
    return cursor.isWord('when') ? parseWhen(cursor, parseExpression) : parseCall(cursor)
  return parsePath(cursor)
}

function parseCall(cursor: Cursor): Expression {
  const start = cursor.mark()
  const name = parseName(cursor, 'a function')
  cursor.expectSymbol('(')
  const args: Expression[] = []
  const distinct = acceptDistinct(cursor, start, name)
  acceptStar(cursor)
  refuseSubquery(cursor)
  if (!cursor.isSymbol(')') && !isClause(cursor) && !cursor.isAtEnd()) {
    args.push(parseExpression(cursor))
    while (acceptComma(cursor, ')') && !reportClauseComma(cursor)) args.push(parseExpression(cursor))
  }
  const isAscending = args.length > 0 && parseDirection(cursor, 'desc') === 'asc'
  const clauses = parseClauses(cursor)
  cursor.expectSymbol(')')
  const call: Call = cursor.place(start, {
    kind: 'call',
    name: distinct ?? name,
    args,
    ...(isAscending ? { ascending: true } : {}),
    ...clauses,
  })
  const filtered = acceptFilter(cursor, start, acceptWithin(cursor, start, call, parseExpression), parseExpression)
  return acceptOver(cursor, start, filtered, parseExpression)
}

type Clauses = Pick<Call, 'by' | 'where' | 'over' | 'restart' | 'per'>

/** What follows the arguments, each once, in any order; canonical text has one. */
function parseClauses(cursor: Cursor): Clauses {
  let clauses: Clauses = {}
  for (let before: Clauses | undefined; before !== clauses; ) {
    before = clauses
    if (!clauses.by && cursor.acceptWord('by')) clauses = { ...clauses, by: parseBy(cursor) }
    if (!clauses.where && isWhere(cursor) && cursor.acceptWord('where'))
      clauses = { ...clauses, where: parseExpression(cursor) }
    if (!clauses.over && cursor.acceptWord('over')) clauses = { ...clauses, over: parseStretch(cursor) }
    if (!clauses.restart && cursor.acceptWord('restart')) clauses = { ...clauses, restart: parseUnit(cursor) }
    if (!clauses.per && cursor.acceptWord('per')) clauses = { ...clauses, per: parsePer(cursor) }
  }
  const { by, where, over, restart, per } = clauses
  return {
    ...(by ? { by } : {}),
    ...(where ? { where } : {}),
    ...(over ? { over } : {}),
    ...(restart ? { restart } : {}),
    ...(per ? { per } : {}),
  }
}

/** `changed_at`, or `changed_at desc`, behind `by`. */
function parseBy(cursor: Cursor): SortItem {
  const start = cursor.mark()
  const value = parseExpression(cursor)
  return cursor.place(start, { value, descending: parseDirection(cursor, 'asc') === 'desc' })
}
