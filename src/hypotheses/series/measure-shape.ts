import type { Metric } from '../../catalog/catalog.ts'
import type { MeasureKind } from '../../detectors/shapes.ts'
import { formatExpression } from '../../dsl/text/format-expression.ts'
import { parseMeasure } from '../../dsl/text/parse-measure.ts'
import type { Call, Expression } from '../../dsl/tree/ast.ts'

/** What a measure's numbers are, as its expression tells. */
export interface MeasureShape {
  readonly kind: MeasureKind
  /** Expression of the rows behind each value: the denominator of a ratio, the n of a mean. Absent for what adds up by itself. */
  readonly weight: string | undefined
  /** Whether values (times weights) of disjoint slices sum to the value of both together: not so for distinct counts and medians. */
  readonly isAdditive: boolean
}

const unknownShape: MeasureShape = { kind: 'amount', weight: undefined, isAdditive: false }

const counts: ReadonlySet<string> = new Set(['count', 'count_distinct'])

/**
 * Reads a metric's measure: `count()` counts; `sum(x)` is an amount; a count over a count is a ratio weighed by the lower one; an
 * average is weighed by the number of values behind it. What is none of these is taken as an amount without weights.
 */
export function shapeMeasure({ measure }: Pick<Metric, 'measure'>): MeasureShape {
  const outcome = parseMeasure(measure)
  return outcome.ok ? shapeExpression(outcome.value) : unknownShape
}

function shapeExpression(expression: Expression): MeasureShape {
  if (expression.kind === 'call') return shapeCall(expression)
  if (expression.kind === 'binary' && expression.operator === '/') return shapeRatio(expression.left, expression.right)
  if (expression.kind === 'binary' && (expression.operator === '*' || expression.operator === '+'))
    return shapeScaled(expression.left, expression.right, expression.operator)
  return unknownShape
}

function shapeCall(call: Call): MeasureShape {
  const { name } = call
  if (name === 'count') return { kind: 'count', weight: undefined, isAdditive: true }
  if (name === 'count_distinct') return { kind: 'count', weight: undefined, isAdditive: false }
  if (name === 'sum') return { kind: 'amount', weight: undefined, isAdditive: true }
  const value = call.args[0]
  if (!value) return unknownShape
  return { kind: 'mean', weight: formatExpression(countBehind(value, call.where)), isAdditive: name === 'avg' }
}

/** The number of values an aggregate saw: `count(where x is not empty and <its condition>)`. */
function countBehind(value: Expression, where: Expression | undefined): Expression {
  const isThere: Expression = { kind: 'is_empty', operand: value, negated: true }
  const condition: Expression = where ? { kind: 'binary', operator: 'and', left: isThere, right: where } : isThere
  return { kind: 'call', name: 'count', args: [], where: condition }
}

const isCall = (expression: Expression, names: ReadonlySet<string>): expression is Call =>
  expression.kind === 'call' && names.has(expression.name)

function shapeRatio(above: Expression, below: Expression): MeasureShape {
  const upper = shapeExpression(above)
  if (below.kind === 'number') return upper
  const lower = shapeExpression(below)
  const isAdditive = upper.isAdditive && lower.isAdditive && upper.weight === undefined && lower.weight === undefined
  const kind = isCall(above, counts) && isCall(below, counts) ? 'ratio' : 'mean'
  return { kind, weight: formatExpression(below), isAdditive }
}

/** A measure times a number keeps its shape (a share in percent is no share any more, but a mean); so does a sum of two that add up. */
function shapeScaled(left: Expression, right: Expression, operator: '*' | '+'): MeasureShape {
  const scale = left.kind === 'number' ? right : right.kind === 'number' ? left : undefined
  if (scale) {
    const shape = shapeExpression(scale)
    return shape.kind === 'ratio' ? { ...shape, kind: 'mean' } : shape
  }
  const [a, b] = [shapeExpression(left), shapeExpression(right)]
  const adds = operator === '+' && a.isAdditive && b.isAdditive && a.weight === undefined && b.weight === undefined
  return { kind: adds && a.kind === b.kind ? a.kind : 'amount', weight: undefined, isAdditive: adds }
}
