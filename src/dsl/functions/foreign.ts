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
  stdev: 'stddev',
  std: 'stddev',
  stddev_samp: 'stddev',
  var: 'variance',
  var_samp: 'variance',
  corr: 'correlation',
  string_agg: 'list',
  group_concat: 'list',
  listagg: 'list',
  bool_or: 'any',
  bool_and: 'all',
  every: 'all',
}

/** The value and the percentage of `p90(x)` and of `quantile(x, 0.9)`. */
function findPercentile(name: string, [value, fraction]: readonly Expression[]): readonly Expression[] | undefined {
  const [, digits] = /^p(\d{1,2})$/.exec(name) ?? []
  if (digits !== undefined && value && !fraction) return [value, { kind: 'number', value: Number(digits) }]
  const isQuantile = ['quantile', 'quantile_cont', 'percentile_cont', 'approx_percentile'].includes(name)
  return isQuantile && value && fraction?.kind === 'number' ? [value, toPercent(Number(fraction.value))] : undefined
}

/** A fraction as a percentage, without the last digits that a product adds. */
export const toPercent = (fraction: number): Expression => ({
  kind: 'number',
  value: Number((fraction * 100).toPrecision(12)),
})

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
  const percentile = findPercentile(name, node.args)
  if (percentile) return { ...node, name: 'percentile', args: percentile }
  const same = findOwn(sameCalls, name)
  return same === undefined || (same === 'previous' && node.args.length > 1) ? undefined : { ...node, name: same }
}
