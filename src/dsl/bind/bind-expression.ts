import type { Fix } from '../../base/diagnostic.ts'
import { unreachable } from '../../base/invariant.ts'
import type { Scope } from '../check/checker.ts'
import { resolvePeriod, resolveRange } from '../check/resolve-range.ts'
import type { ScalarName } from '../functions/scalar-names.ts'
import { formatExpression } from '../text/format-expression.ts'
import type { Binary, Expression, When } from '../tree/ast.ts'
import { bindExact, compareExact } from '../tree/exact-number.ts'
import { findParameter } from '../tree/parameters.ts'
import { alignTypes } from './align-types.ts'
import { bindCondition } from './bind-aggregate.ts'
import { bindCall } from './bind-call.ts'
import {
  bindComparison,
  bindStretch,
  checkValue,
  fieldOf,
  isComparison,
  isTime,
  readPeriod,
  typeNames,
} from './bind-comparison.ts'
import { bindEmpty } from './bind-empty.ts'
import { bindMoved } from './bind-moved.ts'
import { bindPath, replaceWith, resolvePath } from './bind-path.ts'
import { bindSearch, isSearch } from './bind-search.ts'
import { type Bound, call, literal, unknown } from './bound.ts'
import { mendBareValue } from './mend-comparison.ts'
import { isMoved } from './stretch.ts'

/** Checks an expression against the rows it is about: names, types, what may stand where. */
export function bindExpression(node: Expression, scope: Scope): Bound {
  switch (node.kind) {
    case 'text':
    case 'boolean':
      return refuseClash(node, scope) ?? literal(node.kind, node.value)
    case 'number':
      return refuseClash(node, scope) ?? literal('number', bindExact(node.value))
    case 'period': {
      const clash = refuseClash(node, scope)
      if (clash) return clash
      const { from, precision } = resolvePeriod(node.period)
      return literal(precision === 'day' ? 'date' : 'timestamp', from)
    }
    case 'duration':
      return scope.checker.report(node, {
        code: 'duration-here',
        message: `\`${formatExpression(node)}\` is a length of time, not a value`,
        hint: 'It is added to a time, as in `created_at + 3 days`, and stands in ranges as `last 12 months`.',
      })
    case 'path':
      return bindPath(node, scope)
    case 'call':
      return bindCall(node, scope)
    case 'when':
      return bindWhen(node, scope)
    case 'binary':
      return bindBinary(node, scope)
    case 'not': {
      const operand = bindCondition(node.operand, scope)
      return operand === undefined || operand.type === 'unknown' ? unknown : call('not', 'boolean', operand)
    }
    case 'negate':
      return bindNumbers('negate', [node.operand], node, scope)
    case 'is_empty':
      return bindEmpty(node, scope)
    case 'in_list':
      return bindList(node, scope)
    case 'in_range':
      return bindRange(node, scope)
    case 'between':
      return bindBetween(node, scope)
    default:
      return unreachable(node)
  }
}

/** A value that a parameter gave where a column has its name: which of them is meant cannot be told. */
function refuseClash(node: Expression, scope: Scope): Bound | undefined {
  const parameter = findParameter(node)
  if (!parameter) return undefined
  const { name } = parameter
  if (resolvePath([name], { ...scope, mode: 'row' }).kind === 'nothing') return undefined
  return scope.checker.report(parameter, {
    code: 'parameter-clash',
    message: `\`${name}\` is a parameter, and a column where it is used`,
    hint: `Give the parameter another name, as \`param wanted_${name} …\`.`,
    candidates: [`wanted_${name}`],
  })
}

const negateIf = (negated: boolean, bound: Bound): Bound =>
  negated && bound.type !== 'unknown' ? call('not', 'boolean', bound) : bound

const arithmetic: Readonly<Record<string, ScalarName>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
}
function bindBinary(node: Binary, scope: Scope): Bound {
  const { operator } = node
  if (isComparison(operator)) return bindComparison(node, scope)
  if (operator === 'and' || operator === 'or') {
    const sides = [bindCondition(node.left, scope), bindCondition(node.right, scope)].filter(
      (side) => side !== undefined,
    )
    return sides.some(({ type }) => type === 'unknown')
      ? unknown
      : call(operator, 'boolean', ...sides.flatMap(flatten(operator)))
  }
  if (operator === '??') return bindCoalesce(node, scope)
  if (isSearch(operator)) return bindSearch(node, scope)
  if (isMoved(node)) return bindMoved(node, scope)
  return bindNumbers(arithmetic[operator]!, [node.left, node.right], node, scope)
}

/** `a and (b and c)` as one call of three. */
const flatten =
  (operator: 'and' | 'or') =>
  (side: Bound): readonly Bound[] =>
    side.kind === 'call' && side.fn === operator ? side.args : [side]

function bindNumbers(fn: ScalarName, nodes: readonly Expression[], node: Expression, scope: Scope): Bound {
  const args = nodes.map((one) => scope.checker.bind(one, scope))
  if (args.some(({ type }) => type === 'unknown')) return unknown
  const wrong = args.findIndex(({ type }) => type !== 'number')
  const culprit = args[wrong]
  if (culprit)
    return scope.checker.report(nodes[wrong] ?? node, {
      code: 'type-mismatch',
      message: `arithmetic takes numbers, and this is ${typeNames[culprit.type]}`,
      ...adviseOn(fn, culprit, nodes, args, node, scope),
    })
  const [first, second] = args
  const isSum = fn === 'add' || fn === 'subtract'
  const keepsUnit = fn === 'negate' || (isSum && first?.unit === second?.unit)
  return { ...call(fn, 'number', ...args), ...(keepsUnit && first?.unit !== undefined ? { unit: first.unit } : {}) }
}

/** What was meant by arithmetic with what is no number: texts are joined, and the distance of times is a function. */
function adviseOn(
  fn: ScalarName,
  culprit: Bound,
  nodes: readonly Expression[],
  args: readonly Bound[],
  node: Expression,
  scope: Scope,
): { readonly hint: string; readonly fixes?: readonly Fix[]; readonly candidates?: readonly string[] } {
  const [left, right] = nodes
  if (fn === 'add' && args.some(({ type }) => type === 'text')) {
    const parts = nodes.flatMap((one, at): readonly Expression[] => {
      if (one.kind === 'call' && one.name === 'concat') return one.args
      return [args[at]!.type === 'text' ? one : { kind: 'call', name: 'text', args: [one] }]
    })
    const text = formatExpression({ kind: 'call', name: 'concat', args: parts })
    // A number beside a text column may as well be one that was to be added.
    const isSure = nodes.some((one, at) => one.kind === 'text' || (at === 0 && parts.length > nodes.length))
    const isText = args.every(({ type }) => type === 'text')
    return {
      hint: `Texts are joined by \`${text}\`.`,
      fixes: isSure || isText ? replaceWith(node, scope, text) : [],
    }
  }
  if (!isTime(culprit)) return { hint: 'Use `if(condition, 1, 0)` for a number.' }
  if (fn !== 'subtract' || !left || !right) return { hint: 'Use `days_between(a, b)` for the distance of two times.' }
  const ends = `(${formatExpression(right)}, ${formatExpression(left)})`
  return {
    hint: `Their distance is \`days_between${ends}\`, in calendar days, or \`hours_between${ends}\`, with fractions.`,
    candidates: [`days_between${ends}`, `hours_between${ends}`],
  }
}

function bindCoalesce(node: Binary, scope: Scope): Bound {
  const left = scope.checker.bind(node.left, scope)
  const right = scope.checker.bind(node.right, scope)
  if (left.type === 'unknown' || right.type === 'unknown') return unknown
  const pair = alignTypes(left, right)
  if (!pair)
    return scope.checker.report(node, {
      code: 'type-mismatch',
      message: `${typeNames[left.type]} is replaced by ${typeNames[right.type]}`,
      hint: 'Both sides of `??` must be of one type.',
    })
  return { ...call('coalesce', pair[0].type, ...pair), ...(left.unit === undefined ? {} : { unit: left.unit }) }
}

function bindList(node: Extract<Expression, { kind: 'in_list' }>, scope: Scope): Bound {
  const { checker } = scope
  const operand = checker.bind(node.operand, scope)
  const bare = node.items.filter((item) => mendBareValue(fieldOf(operand), item, scope) !== undefined)
  if (bare.length > 0) return unknown
  const items = node.items.map((item) => checker.bind(item, scope))
  if ([operand, ...items].some(({ type }) => type === 'unknown')) return unknown
  if (isTime(operand)) {
    const quoted = node.items.filter((item, at) => item.kind === 'text' && readPeriod(item, items[at]!, scope))
    if (quoted.length > 0) return unknown
  }
  for (const item of node.items) checkValue(operand, item, scope)
  const pairs = items.map((item) => alignTypes(operand, item))
  const wrong = pairs.findIndex((pair) => pair?.[0] !== operand)
  if (wrong >= 0)
    return checker.report(node.items[wrong] ?? node, {
      code: 'type-mismatch',
      message: `${typeNames[operand.type]} is looked for, and this is ${typeNames[items[wrong]?.type ?? 'unknown']}`,
      hint: 'All values of the list must have the type of what is looked for.',
    })
  const aligned = pairs.flatMap((pair) => (pair ? [pair[1]] : []))
  return negateIf(node.negated, call('in', 'boolean', operand, ...aligned))
}

function bindRange(node: Extract<Expression, { kind: 'in_range' }>, scope: Scope): Bound {
  const { checker } = scope
  const operand = checker.bind(node.operand, scope)
  if (operand.type === 'unknown') return unknown
  if (!isTime(operand))
    return checker.report(node.operand, {
      code: 'type-mismatch',
      message: `a range of time holds times, and this is ${typeNames[operand.type]}`,
      hint: 'Name a date or time column before `in`.',
    })
  return negateIf(node.negated, bindStretch(operand, resolveRange(node.range, checker), node, scope))
}

/** Both ends included; ends that are written periods count whole, as in `between 2025-01 and 2025-03`. */
function bindBetween(node: Extract<Expression, { kind: 'between' }>, scope: Scope): Bound {
  const { low, high } = node
  if (low.kind === 'number' && high.kind === 'number' && compareExact(low.value, high.value) > 0)
    return scope.checker.report(node, {
      code: 'reversed-between',
      message: `nothing lies between ${low.value} and ${high.value}`,
      hint: 'Write the smaller value first.',
      fixes: replaceWith(node, scope, formatExpression({ ...node, low: high, high: low })),
    })
  if (low.kind === 'period' && high.kind === 'period' && low.period > high.period)
    return scope.checker.report(node, {
      code: 'reversed-between',
      message: `nothing lies between ${low.period} and ${high.period}`,
      hint: 'Write the earlier date first.',
      fixes: replaceWith(node, scope, formatExpression({ ...node, low: high, high: low })),
    })
  const { operand } = node
  const least = bindComparison({ kind: 'binary', operator: '>=', left: operand, right: low }, scope, node)
  const most = bindComparison({ kind: 'binary', operator: '<=', left: operand, right: high }, scope, node)
  if (least.type === 'unknown' || most.type === 'unknown') return unknown
  return negateIf(node.negated, call('and', 'boolean', least, most))
}

function bindWhen(node: When, scope: Scope): Bound {
  const { checker } = scope
  const cases = node.cases.map(({ condition, value }) => ({
    condition: bindCondition(condition, scope) ?? unknown,
    value: checker.bind(value, scope),
  }))
  const otherwise = node.otherwise ? checker.bind(node.otherwise, scope) : undefined
  const all = [...cases.flatMap(({ condition, value }) => [condition, value]), ...(otherwise ? [otherwise] : [])]
  const type = cases[0]?.value.type ?? 'unknown'
  if (type === 'unknown' || all.some((one) => one.type === 'unknown')) return unknown
  const values = [...cases.map(({ value }) => value), ...(otherwise ? [otherwise] : [])]
  const wrong = values.findIndex((value) => value.type !== type)
  if (wrong >= 0)
    return checker.report(node.cases[wrong]?.value ?? node.otherwise ?? node, {
      code: 'type-mismatch',
      message: `the first case gives ${typeNames[type]}, and this is ${typeNames[values[wrong]?.type ?? 'unknown']}`,
      hint: 'All cases must give one type.',
    })
  const args = cases.flatMap(({ condition, value }) => [condition, value])
  return call('when', type, ...args, otherwise ?? literal(type, null))
}
