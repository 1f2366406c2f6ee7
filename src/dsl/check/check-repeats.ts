import { type Bound, type BoundColumn, listArgs } from '../bind/bound.ts'
import { formatExpression } from '../text/format-expression.ts'
import { quoteName } from '../text/quote.ts'
import type { Call } from '../tree/ast.ts'
import type { Scope } from './checker.ts'
import { deepest } from './depth.ts'
import type { Relation, Repeats } from './relation.ts'
import { findField, type Rows } from './rows.ts'

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

/** Columns that a value is worked out from; undefined where there is more to it. */
export function listSources(value: Bound): readonly BoundColumn[] | undefined {
  if (value.kind === 'column') return [value]
  if (value.kind === 'literal') return []
  const args = listArgs(value)
  if (args.length === 0 && value.kind !== 'call') return undefined
  const parts = args.map(listSources)
  return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? [])
}

/** The relation that leads to the row of which all of a value is; undefined where it is the row's own, or of several. */
function findOther(value: Bound): Rows | undefined {
  const sources = listSources(value) ?? []
  const [first] = sources
  const rows = first?.rows
  if (!rows?.via || rows.depth > 0 || sources.some((source) => source.rows !== rows)) return undefined
  // A relation by the row's whole key leads to one row for each.
  const { via } = rows
  const key = via.from.scan.model.key
  const isOwn = key.every((part) => via.on.some(({ left }) => findField(via.from.scan.model, part)?.name === left))
  return isOwn ? undefined : rows
}

/** Says that a sum adds up one row of a block or relation several times. It may be meant, as a price for each line. */
export function warnOfShared(node: Call, values: readonly Bound[], scope: Scope): void {
  const [value] = values
  if (!value) return
  const other = findOther(value)
  const shared = value.kind === 'column' ? value.shared : undefined
  const what = shared ?? other?.path
  if (what === undefined) return
  const arg = node.args[0] ? formatExpression(node.args[0]) : ''
  scope.checker.report(node, {
    code: 'shared-value',
    severity: 'warning',
    message: `one row of \`${what}\` stands beside several here, and \`${formatExpression(node)}\` adds it up for each`,
    hint: other
      ? `Start from \`${other.scan.model.name}\` where each is to count once, or take \`max(${arg})\` where it is one value for all of them.`
      : `Take \`max(${arg})\` where it is one value for all of them, or group first and join then.`,
  })
}

/** The names of those that are columns. */
export const listColumns = (values: readonly Bound[]): ReadonlySet<string> =>
  new Set(values.flatMap((value) => (value.kind === 'column' ? [value.name] : [])))
