import type { Call } from './ast.ts'
import type { Bound } from './bound.ts'
import type { Scope } from './checker.ts'
import { deepest } from './depth.ts'
import { formatExpression } from './format-expression.ts'
import { quoteName } from './quote.ts'
import type { Relation, Repeats } from './relation.ts'

/**
 * What makes a value stand in several rows that an aggregate would add up: related rows that `expand` put beside it, or periods that are no
 * key of the group. Undefined where each row has a value of its own.
 */
export function findRepeats(
  values: readonly Bound[],
  { repeats }: Relation,
  keys: ReadonlySet<string>,
): Repeats | undefined {
  const depth = deepest(values)
  if (depth === undefined) return undefined
  return repeats.slice(depth).find((one) => one.kind === 'related' || !keys.has(one.column))
}

/** Reports an aggregate of a value that stands in several rows, and tells whether it did. */
export function refuseRepeats(node: Call, values: readonly Bound[], scope: Scope): boolean {
  const found = findRepeats(values, scope.relation, scope.keys ?? new Set())
  if (!found) return false
  const [arg] = node.args
  const what = arg ? formatExpression(arg) : node.name
  scope.checker.report(node, {
    code: 'repeated-value',
    message: `\`${what}\` stands once for each ${found.label} here, so that \`${node.name}\` would count it several times`,
    hint:
      found.kind === 'related'
        ? `Aggregate it before \`expand\`, or take \`max(${what})\` or \`count_distinct(${what})\`, which do not mind.`
        : `Add \`${quoteName(found.column)}\` to the keys of the group; what each ${found.label} gives may then be grouped again.`,
  })
  return true
}

/** Says that a sum adds up one row of a block several times. It may be meant, as a price for each line. */
export function warnOfShared(node: Call, values: readonly Bound[], { checker }: Scope): void {
  const [value] = values
  if (value?.kind !== 'column' || value.shared === undefined) return
  checker.report(node, {
    code: 'shared-value',
    severity: 'warning',
    message: `one row of \`${value.shared}\` stands beside several here, and \`${formatExpression(node)}\` adds it up for each`,
    hint: `Take \`max(${quoteName(value.name)})\` where it is one value for all of them, or group first and join then.`,
  })
}

/** The names of those that are columns. */
export const listColumns = (values: readonly Bound[]): ReadonlySet<string> =>
  new Set(values.flatMap((value) => (value.kind === 'column' ? [value.name] : [])))
