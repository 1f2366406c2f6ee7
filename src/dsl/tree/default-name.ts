import type { Expression } from './ast.ts'
import { findParameter } from './parameters.ts'

/**
 * The name of a column that was given none: a path's last part (`account.country` is `country`), a function with what it
 * looks at (`sum(amount)` is `sum_amount`, `count()` is `count`). A bucket takes its unit's name. Undefined where a name must
 * be written.
 */
export function findDefaultName(expression: Expression, isBucket: (name: string) => boolean): string | undefined {
  if (expression.kind === 'path') return expression.parts.at(-1)
  const parameter = findParameter(expression)
  if (parameter !== undefined) return parameter.name
  if (expression.kind !== 'call') return undefined
  if (expression.name === 'as_of' && expression.args[0]) return findDefaultName(expression.args[0], isBucket)
  if (isBucket(expression.name) || expression.args.length === 0) return expression.name
  const [first] = expression.args
  const inner = first ? findDefaultName(first, isBucket) : undefined
  return inner === undefined ? expression.name : `${expression.name}_${inner}`
}
