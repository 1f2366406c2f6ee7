import type { Grain } from '../../base/periods.ts'
import { findOwn } from '../check/find-own.ts'
import { findPart, findPattern, toHundred } from '../foreign/parts.ts'
import { findUnit } from '../text/parse-range.ts'
import type { Call, Expression } from '../tree/ast.ts'

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
  lpad: 'pad',
  substr: 'substring',
  ceiling: 'ceil',
  lcase: 'lower',
  ucase: 'upper',
  iff: 'if',
  iif: 'if',
  exists: 'any',
  lag: 'previous',
  lead: 'next',
  greatest: 'max_of',
  least: 'min_of',
  getdate: 'now',
  current_timestamp: 'now',
  curdate: 'today',
  current_date: 'today',
  stdev: 'stddev',
  std: 'stddev',
  stddev_samp: 'stddev',
  var: 'variance',
  var_samp: 'variance',
  corr: 'correlation',
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

/** A fraction as the percentage that it is, written out. */
export const toPercent = (fraction: number): Expression => ({
  kind: 'number',
  value: toHundred(fraction),
})

const texts = (value: Expression | undefined): string => (value?.kind === 'text' ? value.value : '')

/** Calls about time: parts, patterns, and what is added. */
function findForeignTime(
  name: string,
  [first, second, third]: readonly Expression[],
  unit: Grain | undefined,
): Expression | undefined {
  if (!first || !second) return undefined
  if (name === 'to_char' || name === 'date_format') return findPattern(texts(second), first)
  if (name === 'strftime')
    return first.kind === 'text' ? findPattern(first.value, second) : findPattern(texts(second), first)
  if (name === 'date_part' || name === 'datepart')
    return findPart(first.kind === 'path' ? (first.parts[0] ?? '') : texts(first), second)
  if ((name === 'date_add' || name === 'date_sub') && second.kind === 'duration')
    return { kind: 'binary', operator: name === 'date_add' ? '+' : '-', left: first, right: second }
  if ((name === 'dateadd' || name === 'date_add') && unit && third && second.kind === 'number') {
    const count = Number(second.value)
    const stretch: Expression = { kind: 'duration', count: Math.abs(count), unit }
    return { kind: 'binary', operator: count < 0 ? '-' : '+', left: third, right: stretch }
  }
  return undefined
}

/** Texts in one, whatever is said to stand between them: here commas do. */
const lists: ReadonlySet<string> = new Set(['string_agg', 'group_concat', 'listagg', 'array_agg', 'array_to_string'])

/** The value of the row with the largest or smallest other value: `arg_max(x, y)` is `last(x by y)`. */
const chosen: Readonly<Record<string, 'first' | 'last'>> = {
  arg_max: 'last',
  argmax: 'last',
  max_by: 'last',
  arg_min: 'first',
  argmin: 'first',
  min_by: 'first',
}

/** Calls whose arguments stand elsewhere here. */
function findTurned(node: Call, name: string): Expression | undefined {
  const [first, second, third] = node.args
  if (!first || (third && name !== 'concat_ws')) return undefined
  if (name === 'isnull' && !second) return { kind: 'is_empty', operand: first, negated: false }
  if (name === 'mod' && second) return { kind: 'binary', operator: '%', left: first, right: second }
  if (lists.has(name)) return { ...node, name: 'list', args: [first] }
  const choice = findOwn(chosen, name)
  if (choice && second && !node.by) {
    const { where, ...rest } = node
    return {
      ...rest,
      name: choice,
      args: [first],
      by: { value: second, descending: false },
      ...(where ? { where } : {}),
    }
  }
  if (name === 'concat_ws' && second)
    return {
      kind: 'call',
      name: 'concat',
      args: node.args.slice(1).flatMap((part, at) => (at === 0 ? [part] : [first, part])),
    }
  return undefined
}

const totals = 'Write the keys alone, and `totals` on the line below, or `totals per <key>` for a row of each.'

/** Calls of other languages that are said by steps here, each with how. */
const advice: Readonly<Record<string, string>> = {
  rollup: totals,
  cube: totals,
  generate_series:
    'Periods are completed by `fill month`, and made of intervals by `repeat every month from <begin> to <end>`.',
  unnest: 'Rows that are related are made by `expand <relation>`.',
}

/** How a call is said that has no function here. */
export const findCallAdvice = (name: string): string | undefined => findOwn(advice, name.toLowerCase())

/** What a call of another language is in this one: `date_trunc("month", x)` is `month(x)`. */
export function findForeignCall(node: Call): Expression | undefined {
  const name = node.name.toLowerCase()
  const [first, second, third] = node.args
  const unit =
    first?.kind === 'text' ? findUnit(first.value) : first?.kind === 'path' ? findUnit(first.parts[0] ?? '') : undefined
  if (name === 'date_trunc' && unit && second && !third) return { kind: 'call', name: unit, args: [second] }
  if ((name === 'date_diff' || name === 'datediff') && second && third) {
    const word =
      unit ??
      (/^(ss?|seconds?)$/i.test(first?.kind === 'path' ? (first.parts[0] ?? '') : texts(first)) ? 'second' : undefined)
    if (word) return { kind: 'call', name: `${word}s_between`, args: [second, third] }
  }
  if (['coalesce', 'ifnull', 'nvl', 'isnull'].includes(name) && first && second)
    return node.args.reduce((left, right) => ({ kind: 'binary', operator: '??', left, right }))
  if (name === 'nullif' && first && second && !third)
    return {
      kind: 'when',
      cases: [{ condition: { kind: 'binary', operator: '!=', left: first, right: second }, value: first }],
    }
  if (name === 'left' && first && second && !third)
    return { kind: 'call', name: 'substring', args: [first, { kind: 'number', value: 1 }, second] }
  const other = findForeignTime(name, node.args, unit) ?? findTurned(node, name)
  if (other) return other
  if ((name === 'countif' || name === 'count_if') && first && !second)
    return { kind: 'call', name: 'count', args: [], where: first }
  const conditional = /^(sum|avg|average|min|max)_?if$/.exec(name)?.[1]
  if (conditional && first && second && !third)
    return { kind: 'call', name: conditional === 'average' ? 'avg' : conditional, args: [first], where: second }
  const percentile = findPercentile(name, node.args)
  if (percentile) return { ...node, name: 'percentile', args: percentile }
  const same = findOwn(sameCalls, name)
  const isBeside = same === 'previous' || same === 'next'
  return same === undefined || (isBeside && node.args.length > 1) ? undefined : { ...node, name: same }
}
