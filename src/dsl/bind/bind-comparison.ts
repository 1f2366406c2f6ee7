import { suggestNames } from '../../base/did-you-mean.ts'
import type { FieldType } from '../../catalog/catalog.ts'
import type { Scope } from '../check/checker.ts'
import { resolvePeriod, type Stretch } from '../check/resolve-range.ts'
import type { ScalarName } from '../functions/scalar-names.ts'
import { isPeriod } from '../text/parse-range.ts'
import { quoteText } from '../text/quote.ts'
import type { Binary, BinaryOperator, Expression } from '../tree/ast.ts'
import { findParameter } from '../tree/parameters.ts'
import { alignTypes, toMoment } from './align-types.ts'
import { replaceWith } from './bind-path.ts'
import { type Bound, call, conjoin, literal, unknown } from './bound.ts'
import { mendBareValue, mendDistance, mendPeriodNumber } from './mend-comparison.ts'

const comparisons: Partial<Record<BinaryOperator, ScalarName>> = {
  '=': 'equals',
  '!=': 'not_equals',
  '<': 'less',
  '<=': 'less_or_equal',
  '>': 'greater',
  '>=': 'greater_or_equal',
}
const flipped: Partial<Record<BinaryOperator, BinaryOperator>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

export const isComparison = (operator: BinaryOperator): boolean => comparisons[operator] !== undefined
export const isTime = ({ type }: Bound): boolean => type === 'date' || type === 'timestamp'

/** Types as messages name them. */
export const typeNames: Readonly<Record<FieldType | 'unknown', string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date',
  timestamp: 'a time',
  unknown: 'unknown',
}

/** A date or time in quotes, as other languages write it; undefined for any other text. */
function readQuoted(text: string): string | undefined {
  if (isPeriod(text)) return text
  const instant = text.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T')
  return instant !== text && isPeriod(instant) ? instant : undefined
}

/** The period that an expression writes out, where a time is compared with it: `2025-03`, `2025`, `today()`; one in quotes is mended. */
export function readPeriod(expression: Expression, bound: Bound, scope: Scope): string | undefined {
  if (expression.kind === 'period') return expression.period
  if (expression.kind === 'number' && /^[12]\d{3}$/.test(String(expression.value))) return String(expression.value)
  if (bound.kind === 'literal' && bound.type === 'date' && typeof bound.value === 'string') return bound.value
  const quoted = expression.kind === 'text' ? readQuoted(expression.value) : undefined
  if (quoted !== undefined)
    scope.checker.report(expression, {
      code: 'date-in-quotes',
      message: `a date stands without quotes, and this is a text`,
      hint: `Write \`${quoted}\`.`,
      fixes: replaceWith(expression, scope, quoted),
    })
  return quoted
}

/** Whether `time` lies in a half-open stretch, as plain comparisons of the bare column with literals. */
export function bindStretch(time: Bound, stretch: Stretch, node: Expression, scope: Scope): Bound {
  if (time.type !== 'date' && time.type !== 'timestamp') return unknown
  if (time.type === 'date' && stretch.precision === 'instant')
    return scope.checker.report(node, {
      code: 'range-too-fine',
      message: 'a date has no hours or minutes',
      hint: 'Use a unit from day up.',
    })
  const { type } = time
  const compare = (fn: ScalarName, moment: string | undefined) =>
    moment === undefined ? undefined : call(fn, 'boolean', time, toMoment(moment, type, scope.checker.calendar))
  return conjoin([compare('greater_or_equal', stretch.from), compare('less', stretch.to)]) ?? literal('boolean', true)
}

/** A time against a written period: `=` is within it, `>` after its end, `<=` up to its end. */
function comparePeriod(operator: BinaryOperator, time: Bound, period: string, node: Expression, scope: Scope): Bound {
  const stretch = resolvePeriod(period)
  if (stretch.precision === 'instant') {
    const within = bindStretch(time, stretch, node, scope)
    return within === unknown
      ? unknown
      : call(comparisons[operator]!, 'boolean', time, toMoment(stretch.from, 'timestamp', scope.checker.calendar))
  }
  const { from, to } = stretch
  const day = 'day' as const
  switch (operator) {
    case '=':
      return bindStretch(time, stretch, node, scope)
    case '!=':
      return call('not', 'boolean', bindStretch(time, stretch, node, scope))
    case '<':
      return bindStretch(time, { precision: day, from: undefined, to: from }, node, scope)
    case '<=':
      return bindStretch(time, { precision: day, from: undefined, to }, node, scope)
    case '>':
      return bindStretch(time, { precision: day, from: to, to: undefined }, node, scope)
    default:
      return bindStretch(time, { precision: day, from, to: undefined }, node, scope)
  }
}

/** `=`, `!=`, `<` … between values of one type, or between a time and a written period. */
export function bindComparison(node: Binary, scope: Scope, at: Expression = node): Bound {
  const { checker } = scope
  const { operator } = node
  const distance = mendDistance(node, scope)
  if (distance) return distance
  const left = checker.bind(node.left, { ...scope, isCompared: true })
  const bare = mendBareValue(fieldOf(left), node.right, scope)
  if (bare) return bare
  const right = checker.bind(node.right, { ...scope, isCompared: true })
  const rightPeriod = isTime(left) ? readPeriod(node.right, right, scope) : undefined
  if (rightPeriod !== undefined) return comparePeriod(operator, left, rightPeriod, at, scope)
  const leftPeriod = isTime(right) ? readPeriod(node.left, left, scope) : undefined
  if (leftPeriod !== undefined) return comparePeriod(flipped[operator] ?? operator, right, leftPeriod, at, scope)
  if (left.type === 'unknown' || right.type === 'unknown') return unknown
  const numbered = mendPeriodNumber(node.left, left, right, scope) ?? mendPeriodNumber(node.right, right, left, scope)
  if (numbered) return numbered
  checkValue(left, node.right, scope)
  checkValue(right, node.left, scope)
  const pair = alignTypes(left, right)
  if (!pair)
    return checker.report(at, {
      code: 'type-mismatch',
      message: `${typeNames[left.type]} is compared with ${typeNames[right.type]}`,
      hint: 'Both sides must be of one type.',
    })
  return call(comparisons[operator]!, 'boolean', ...pair)
}

export const fieldOf = (bound: Bound) => (bound.kind === 'column' ? bound.field : undefined)

/** A text beside a field whose values are known: another spelling, or a label, is mended; an unknown value is said. */
export function checkValue(bound: Bound, written: Expression, scope: Scope): void {
  if (bound.kind !== 'column' || written.kind !== 'text' || bound.field === undefined) return
  const { values, name } = bound.field
  if (values.length === 0 || values.some(({ value }) => value === written.value)) return
  const wanted = written.value.toLowerCase()
  const meant = values.filter(({ value, label }) => value.toLowerCase() === wanted || label.toLowerCase() === wanted)
  const [only] = meant
  // What was given when it is run cannot be mended in the text.
  const isSure = meant.length === 1 && only !== undefined && findParameter(written) === undefined
  scope.checker.report(written, {
    code: 'unknown-value',
    severity: isSure ? 'error' : 'warning',
    message: `\`${name}\` has no value ${quoteText(written.value)}`,
    hint: `Known values are ${values
      .slice(0, 10)
      .map(({ value }) => quoteText(value))
      .join(', ')}.`,
    candidates:
      only !== undefined && meant.length === 1
        ? [only.value]
        : suggestNames(
            written.value,
            values.map(({ value }) => value),
          ),
    fixes: isSure ? replaceWith(written, scope, quoteText(only.value)) : [],
  })
}
