import type { Call, Expression } from '../ast.ts'
import { findOwn } from '../find-own.ts'
import { findUnit } from '../parse-range.ts'

/** Functions of other languages under the names they have here. */
const sameCalls: Readonly<Record<string, string>> = {
  average: 'avg',
  mean: 'avg',
  maximum: 'max',
  minimum: 'min',
  countd: 'count_distinct',
  distinct_count: 'count_distinct',
  n_distinct: 'count_distinct',
  len: 'length',
  char_length: 'length',
  substr: 'substring',
  ceiling: 'ceil',
  lcase: 'lower',
  ucase: 'upper',
  iff: 'if',
  iif: 'if',
  exists: 'any',
  lag: 'previous',
}

/** What a call of another language is in this one: `date_trunc("month", x)` is `month(x)`. */
export function findForeignCall(node: Call): Expression | undefined {
  const name = node.name.toLowerCase()
  const [first, second, third] = node.args
  const unit =
    first?.kind === 'text' ? findUnit(first.value) : first?.kind === 'path' ? findUnit(first.parts[0] ?? '') : undefined
  if (name === 'date_trunc' && unit && second && !third) return { kind: 'call', name: unit, args: [second] }
  if ((name === 'date_diff' || name === 'datediff') && unit && second && third)
    return { kind: 'call', name: `${unit}s_between`, args: [second, third] }
  if ((name === 'coalesce' || name === 'ifnull' || name === 'nvl') && first && second && !third)
    return { kind: 'binary', operator: '??', left: first, right: second }
  if ((name === 'countif' || name === 'count_if') && first && !second)
    return { kind: 'call', name: 'count', args: [], where: first }
  const same = findOwn(sameCalls, name)
  return same === undefined || (same === 'previous' && node.args.length > 1) ? undefined : { ...node, name: same }
}
