import { findFunction, isAggregate } from '../functions/index.ts'
import type { Expression } from './ast.ts'
import { findSpan, placeNode } from './spans.ts'
import { mapChildren } from './walk.ts'

/** `measure` with `where` in each of its aggregates, and in each call of a metric. */
export function narrow(measure: Expression, where: Expression): Expression {
  const isCall = measure.kind === 'call'
  if (!isCall || !(isAggregate(measure.name) || findFunction(measure.name) === undefined))
    return mapChildren(measure, (child) => narrow(child, where))
  const both: Expression = measure.where
    ? { kind: 'binary', operator: 'and', left: measure.where, right: where }
    : where
  const span = findSpan(measure)
  const narrowed = { ...measure, where: both }
  return span ? placeNode(narrowed, span) : narrowed
}
