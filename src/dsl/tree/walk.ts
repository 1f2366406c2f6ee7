import type { Call, Expression, Path } from './ast.ts'
import { findSpan, placeNode } from './spans.ts'

/** The expressions directly inside one. */
export function listChildren(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return [
        ...expression.args,
        ...(expression.by ? [expression.by.value] : []),
        ...(expression.where ? [expression.where] : []),
        ...listPer(expression),
      ]
    case 'when':
      return [
        ...expression.cases.flatMap(({ condition, value }) => [condition, value]),
        ...(expression.otherwise ? [expression.otherwise] : []),
      ]
    case 'binary':
      return [expression.left, expression.right]
    case 'not':
    case 'negate':
    case 'is_empty':
    case 'in_range':
      return [expression.operand]
    case 'in_list':
      return [expression.operand, ...expression.items]
    case 'between':
      return [expression.operand, expression.low, expression.high]
    default:
      return []
  }
}

/** The expression with each direct part replaced; positions are kept. */
export function mapChildren(expression: Expression, map: (child: Expression) => Expression): Expression {
  const span = findSpan(expression)
  const place = <T extends Expression>(node: T): T => (span ? placeNode(node, span) : node)
  switch (expression.kind) {
    case 'call':
      return place({
        ...expression,
        args: expression.args.map(map),
        ...(expression.by ? { by: { ...expression.by, value: map(expression.by.value) } } : {}),
        ...(expression.where ? { where: map(expression.where) } : {}),
        ...(expression.per === undefined || expression.per === 'all'
          ? {}
          : { per: expression.per.map((path) => map(path) as Path) }),
      })
    case 'when':
      return place({
        ...expression,
        cases: expression.cases.map(({ condition, value }) => ({ condition: map(condition), value: map(value) })),
        ...(expression.otherwise ? { otherwise: map(expression.otherwise) } : {}),
      })
    case 'binary':
      return place({ ...expression, left: map(expression.left), right: map(expression.right) })
    case 'not':
    case 'negate':
    case 'is_empty':
    case 'in_range':
      return place({ ...expression, operand: map(expression.operand) })
    case 'in_list':
      return place({ ...expression, operand: map(expression.operand), items: expression.items.map(map) })
    case 'between':
      return place({
        ...expression,
        operand: map(expression.operand),
        low: map(expression.low),
        high: map(expression.high),
      })
    default:
      return expression
  }
}

/** The first of `clauses` that stands behind the arguments of a call, or one that only functions across rows take. */
export function findClause<C extends 'by' | 'where' | 'over' | 'per'>(
  node: Call,
  clauses: readonly C[],
): C | 'asc' | 'restart' | undefined {
  if (node.ascending) return 'asc'
  return node.restart ? 'restart' : clauses.find((clause) => node[clause] !== undefined)
}

/** The columns that a call keeps apart; none for `per all`. */
export const listPer = ({ per }: Call): readonly Path[] => (per === undefined || per === 'all' ? [] : per)

/** Paths of an expression, but for those inside calls that `isClosed` names. */
export function listPaths(expression: Expression, isClosed: (call: Call) => boolean): readonly Path[] {
  if (expression.kind === 'path') return [expression]
  if (expression.kind === 'call' && isClosed(expression)) return []
  return listChildren(expression).flatMap((child) => listPaths(child, isClosed))
}

/** The conditions that an `and` joins. */
export function listConjuncts(condition: Expression): readonly Expression[] {
  return condition.kind === 'binary' && condition.operator === 'and'
    ? [...listConjuncts(condition.left), ...listConjuncts(condition.right)]
    : [condition]
}
