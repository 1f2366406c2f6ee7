import type { Checker, Scope } from '../check/checker.ts'
import { findOwn } from '../check/find-own.ts'
import { openScope } from '../check/grouping.ts'
import type { Relation } from '../check/relation.ts'
import { nameLiteral } from '../text/parse-literal.ts'
import { parseMeasure } from '../text/parse-measure.ts'
import type { CompareStep, Expression, Path } from '../tree/ast.ts'
import { findSpan, placeNode } from '../tree/spans.ts'
import { listChildren } from '../tree/walk.ts'
import { describeExpression } from '../words/describe-expression.ts'
import { describeRange } from '../words/describe-range.ts'

/** The two conditions of a `compare`. */
export interface Sides {
  readonly first: Expression
  readonly second: Expression
  /** What tells columns of values apart; absent for ranges of time. */
  readonly words: readonly [first: string, second: string] | undefined
  /** Whether a measure adds up, so that no rows are 0. */
  readonly isSum: (measure: Expression) => boolean
}

/** Names of the metrics that are called in an expression. */
function listMetrics(expression: Expression, names: ReadonlySet<string>): readonly string[] {
  const inner = listChildren(expression).flatMap((child) => listMetrics(child, names))
  return expression.kind === 'call' && names.has(expression.name) ? [expression.name, ...inner] : inner
}

/** The one time that all metrics called have; undefined where there are none, or several. */
function findMetricTime({ measures }: CompareStep, { rows }: Relation): Path | undefined {
  const metrics = rows?.scan.model.metrics ?? {}
  const called = measures.flatMap(({ value }) => listMetrics(value, new Set(Object.keys(metrics))))
  const times = new Set(called.map((name) => findOwn(metrics, name)?.time))
  const [time] = times
  return times.size === 1 && time !== undefined ? { kind: 'path', parts: [time] } : undefined
}

/** Reports that no time is named, with the mend where only one can be meant. */
function refuseTime(
  step: CompareStep,
  before: Relation,
  checker: Checker,
  write: (step: CompareStep) => string,
): undefined {
  const times = before.columns.filter(({ type }) => type === 'date' || type === 'timestamp').map(({ name }) => name)
  const [only] = times
  const { sides } = step
  const span = checker.spanOf(step)
  const of: Path | undefined = only === undefined ? undefined : { kind: 'path', parts: [only] }
  const text = of && sides.kind === 'ranges' ? write({ ...step, sides: { ...sides, of } }) : undefined
  checker.report(sides, {
    code: 'compare-time',
    message: 'it is not said of which time the ranges are',
    hint: `Name it before the ranges, as \`compare ${only ?? 'created_at'} in last month to …\`.`,
    candidates: times.slice(0, 3),
    fixes: span && text !== undefined && times.length === 1 ? [{ title: `compared by ${only}`, span, text }] : [],
  })
  return undefined
}

/** Sums and counts, and metrics that are such. */
function isSum(measure: Expression, { rows }: Relation): boolean {
  if (measure.kind !== 'call') return false
  if (measure.name === 'sum' || measure.name === 'count') return true
  const metric = findOwn(rows?.scan.model.metrics, measure.name)
  const parsed = metric ? parseMeasure(metric.measure) : undefined
  return parsed?.ok === true && parsed.value.kind === 'call' && ['sum', 'count'].includes(parsed.value.name)
}

/** The conditions that a `compare` holds side by side; undefined where a mistake was reported. */
export function bindSides(
  step: CompareStep,
  before: Relation,
  checker: Checker,
  write: (step: CompareStep) => string,
): Sides | undefined {
  const { sides } = step
  const of = sides.of ?? findMetricTime(step, before)
  if (!of) return refuseTime(step, before, checker, write)
  const span = findSpan(sides)
  const place = (node: Expression): Expression => (span ? placeNode(node, span) : node)
  const conditions = [sides.first, sides.second].map((side) =>
    sides.kind === 'ranges'
      ? place({ kind: 'in_range', operand: of, range: side as typeof sides.first, negated: false })
      : place({ kind: 'binary', operator: '=', left: of, right: side as typeof sides.first }),
  )
  const scope = openScope(checker, before)
  const bound = conditions.map((condition) => checker.bind(condition, scope))
  if (bound.some(({ type }) => type === 'unknown')) return undefined
  const words = sides.kind === 'values' ? ([nameWord(sides.first), nameWord(sides.second)] as const) : undefined
  if (words && words[0] === words[1]) {
    checker.report(sides, {
      code: 'compare-sides',
      message: 'both sides are the same',
      hint: 'Compare two values that differ.',
    })
    return undefined
  }
  return { first: conditions[0]!, second: conditions[1]!, words, isSum: (measure) => isSum(measure, before) }
}

/** The two sides in words: `paid at in this month (Sep 2026) against last month`. */
export function describeSides({ sides }: CompareStep, { first, second, words }: Sides, scope: Scope): string {
  if (first.kind !== 'in_range' || second.kind !== 'in_range' || sides.kind === 'values' || words)
    return `where ${describeExpression(first, scope)}, against where ${describeExpression(second, scope)}`
  const [now, before] = [first, second].map(({ range }) => describeRange(range, scope.checker))
  return `${describeExpression(first.operand, scope)} in ${now}, against ${before}`
}

/** A value as part of a name. */
const nameWord = (value: Expression): string =>
  nameLiteral(value)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '') || 'empty'

/** What the columns of a measure are called. */
export const nameSides = (name: string, { words }: Sides) => ({
  first: words ? `${name}_${words[0]}` : name,
  second: words ? `${name}_${words[1]}` : `${name}_before`,
  change: `${name}_change`,
  ratio: `${name}_change_pct`,
})
