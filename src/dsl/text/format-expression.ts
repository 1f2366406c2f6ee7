import { unreachable } from '../../base/invariant.ts'
import type { Call, Duration, Expression, Named, Path, Range, SortItem } from '../tree/ast.ts'
import { findParameter } from '../tree/parameters.ts'
import { looksLikeBy, separateBy } from './parse-clauses.ts'
import { quoteName, quoteNumber, quotePath, quoteText } from './quote.ts'

/** How tightly operators bind, loosest first; a looser one inside a tighter one is put in parentheses. */
const strengths = { or: 1, and: 2, not: 3, comparison: 4, '??': 5, sum: 6, product: 7, unary: 8, primary: 9 } as const

function findStrength(expression: Expression): number {
  switch (expression.kind) {
    case 'binary':
      switch (expression.operator) {
        case 'or':
        case 'and':
        case '??':
          return strengths[expression.operator]
        case '+':
        case '-':
          return strengths.sum
        case '*':
        case '/':
        case '%':
          return strengths.product
        default:
          return strengths.comparison
      }
    case 'not':
      return strengths.not
    case 'negate':
      return strengths.unary
    case 'is_empty':
    case 'in_list':
    case 'in_range':
    case 'between':
      return strengths.comparison
    default:
      return strengths.primary
  }
}

/** Canonical text, in parentheses when it binds more loosely than its place needs. */
function formatAt(expression: Expression, least: number): string {
  const text = formatExpression(expression)
  return findStrength(expression) < least ? `(${text})` : text
}

const formatList = (items: readonly Expression[]) => items.map(formatExpression).join(', ')

/** A column that is called `all` stands in backticks where it would be all of them. */
function formatPer(per: readonly Path[] | 'all'): string {
  if (per === 'all') return per
  const text = per.map(({ parts }) => quotePath(parts)).join(', ')
  return /^all$/i.test(text) ? `\`${text}\`` : text
}

function formatCall({ name, args, ascending, by, where, over, restart, per }: Call): string {
  const values = formatList(args)
  const order = by ? formatExpression(by.value) : ''
  const direction = by?.descending ? ' desc' : ''
  const inside = [
    looksLikeBy(values) ? `(${formatExpression(args[0]!)})${values.slice(formatExpression(args[0]!).length)}` : values,
    ascending ? 'asc' : '',
    by ? `by ${args.length === 0 ? separateBy(order) : order}${direction}` : '',
    where ? `where ${formatExpression(where)}` : '',
    over ? `over ${formatDuration(over)}` : '',
    restart ? `restart ${restart}` : '',
    per ? `per ${formatPer(per)}` : '',
  ].filter((part) => part !== '')
  return `${quoteName(name)}(${inside.join(' ')})`
}

/** An expression as canonical text; `parseExpression` gives the same tree back. */
export function formatExpression(expression: Expression): string {
  const parameter = findParameter(expression)
  if (parameter !== undefined) return quoteName(parameter.name)
  switch (expression.kind) {
    case 'text':
      return quoteText(expression.value)
    case 'number':
      return quoteNumber(expression.value)
    case 'boolean':
      return String(expression.value)
    case 'period':
      return expression.period
    case 'duration':
      return formatDuration(expression)
    case 'path':
      return quotePath(expression.parts)
    case 'call':
      return formatCall(expression)
    case 'when': {
      const cases = expression.cases.map((one) => `${formatExpression(one.condition)}: ${formatExpression(one.value)}`)
      const otherwise = expression.otherwise ? [`else: ${formatExpression(expression.otherwise)}`] : []
      return `when(${[...cases, ...otherwise].join(', ')})`
    }
    case 'binary': {
      const strength = findStrength(expression)
      const isChain = strength !== strengths.comparison
      const left = formatAt(expression.left, isChain ? strength : strength + 1)
      return `${left} ${expression.operator} ${formatAt(expression.right, strength + 1)}`
    }
    case 'not':
      return `not ${formatAt(expression.operand, strengths.not)}`
    case 'negate':
      return expression.operand.kind === 'number' || expression.operand.kind === 'duration'
        ? `-(${formatExpression(expression.operand)})`
        : `-${formatAt(expression.operand, strengths.unary)}`
    case 'is_empty':
      return `${formatOperand(expression.operand)} is ${expression.negated ? 'not ' : ''}empty`
    case 'in_list':
      return `${formatOperand(expression.operand)} ${not(expression)}in (${formatList(expression.items)})`
    case 'in_range':
      return `${formatOperand(expression.operand)} ${not(expression)}${isWordRange(expression.range) ? '' : 'in '}${formatRange(expression.range)}`
    case 'between':
      return `${formatOperand(expression.operand)} ${not(expression)}between ${formatOperand(expression.low)} and ${formatOperand(expression.high)}`
    default:
      return unreachable(expression)
  }
}

const not = ({ negated }: { readonly negated: boolean }) => (negated ? 'not ' : '')
const formatOperand = (expression: Expression) => formatAt(expression, strengths['??'])
/** `created_at before 2025` reads without `in`. */
const isWordRange = ({ kind }: Range) => kind === 'before' || kind === 'after' || kind === 'since'

const formatUnit = ({ count, unit }: Duration) => (count === 1 ? unit : `${unit}s`)
export const formatDuration = (duration: Duration): string => `${duration.count} ${formatUnit(duration)}`

function formatRangeBase(range: Range): string {
  switch (range.kind) {
    case 'last':
    case 'next':
      return range.count === 1 ? `${range.kind} ${range.unit}` : `${range.kind} ${formatDuration(range)}`
    case 'this':
      return `this ${range.unit}`
    case 'to_date':
      return `${range.unit} to date`
    case 'period':
      return range.period
    case 'span':
      return `${range.from} to ${range.to}`
    default:
      return `${range.kind} ${range.period}`
  }
}

/** `last 24 months`, `year to date 1 year ago`. */
export function formatRange(range: Range): string {
  const ago = range.ago ? ` ${formatDuration(range.ago)} ago` : ''
  return `${formatRangeBase(range)}${range.includingThis ? ' including this' : ''}${ago}`
}

/** `name = expression`, or the expression alone. A comparison that would be read as a name stands in parentheses. */
export function formatNamed({ name, value }: Named): string {
  if (name !== undefined) return `${quoteName(name)} = ${formatExpression(value)}`
  return /^(?:[\p{L}\p{N}_]+|`(?:\\.|[^`\\])*`) =(?!=)/u.test(formatExpression(value))
    ? `(${formatExpression(value)})`
    : formatExpression(value)
}

export const formatSort = ({ value, descending }: SortItem): string =>
  `${formatExpression(value)}${descending ? ' desc' : ''}`
