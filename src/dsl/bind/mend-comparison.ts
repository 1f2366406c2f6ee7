/** Comparisons that other languages write, where they have one meaning here: each is reported with the fix that says it. */
import type { Grain } from '../../base/periods.ts'
import type { Field } from '../../catalog/catalog.ts'
import type { Scope } from '../check/checker.ts'
import { formatExpression } from '../text/format-expression.ts'
import { quoteText } from '../text/quote.ts'
import type { Binary, Expression } from '../tree/ast.ts'
import { replaceWith, resolvePath } from './bind-path.ts'
import type { Bound } from './bound.ts'

/** `status = paid`: a word that is no column, and a value of the field beside it. */
export function mendBareValue(field: Field | undefined, written: Expression, scope: Scope): Bound | undefined {
  if (written.kind !== 'path' || written.parts.length !== 1 || !field) return undefined
  const [word = ''] = written.parts
  const found = field.values.filter(({ value, label }) =>
    [value, label].some((one) => one.toLowerCase() === word.toLowerCase()),
  )
  const [only] = found
  if (!only || found.length > 1 || resolvePath([word], { ...scope, mode: 'row' }).kind !== 'nothing') return undefined
  const text = quoteText(only.value)
  return scope.checker.report(written, {
    code: 'unknown-name',
    message: `\`${word}\` is a value of \`${field.name}\`, and stands in quotes`,
    hint: `Write \`${text}\`.`,
    candidates: [text],
    fixes: replaceWith(written, scope, text),
  })
}

const flipped: Partial<Record<Binary['operator'], Binary['operator']>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** `closed_at - opened_at < 7 days` is `closed_at < opened_at + 7 days`. */
export function mendDistance(node: Binary, scope: Scope): Bound | undefined {
  const [distance, length] = node.right.kind === 'duration' ? [node.left, node.right] : [node.right, node.left]
  const isLength = (one: Expression) => one.kind === 'duration'
  if (length.kind !== 'duration' || distance.kind !== 'binary' || distance.operator !== '-') return undefined
  if (isLength(distance.left) || isLength(distance.right)) return undefined
  const operator = distance === node.left ? node.operator : (flipped[node.operator] ?? node.operator)
  const later: Expression = { kind: 'binary', operator: '+', left: distance.right, right: length }
  const text = formatExpression({ kind: 'binary', operator, left: distance.left, right: later })
  return scope.checker.report(node, {
    code: 'duration-here',
    message: 'two times are compared, and not their distance with a length of time',
    hint: `Write \`${text}\`.`,
    fixes: replaceWith(node, scope, text),
  })
}

const parts: Readonly<Record<Grain, string>> = {
  minute: 'minute_of_hour',
  hour: 'hour_of_day',
  day: 'day_of_month',
  week: 'week_of_year',
  month: 'month_of_year',
  quarter: 'quarter_of_year',
  year: 'year_of',
}

/** `month(created_at) = 3`: a period beside a number is its number within the longer one. */
export function mendPeriodNumber(period: Expression, value: Bound, other: Bound, scope: Scope): Bound | undefined {
  if (period.kind !== 'call' || value.kind !== 'bucket' || other.type !== 'number') return undefined
  const text = formatExpression({ ...period, name: parts[value.grain] })
  return scope.checker.report(period, {
    code: 'type-mismatch',
    message: `\`${formatExpression(period)}\` is a date, the first of the period, and no number`,
    hint: `Write \`${text}\`.`,
    fixes: replaceWith(period, scope, text),
  })
}
