import type { Chain } from '../check/chain.ts'
import { listColumns, refuseRepeats, warnOfShared } from '../check/check-repeats.ts'
import type { Scope } from '../check/checker.ts'
import { openChain } from '../check/open-chain.ts'
import { identifyRow, useColumn } from '../check/rows.ts'
import { toPercent } from '../functions/foreign.ts'
import type { AggregateFunction, AggregateParameter } from '../functions/function.ts'
import { isBucket } from '../functions/index.ts'
import { warnOfBalance } from '../lints/warn-of-balance.ts'
import { warnOfRatio } from '../lints/warn-of-ratio.ts'
import { formatExpression } from '../text/format-expression.ts'
import type { Call, Expression, SortItem } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import { findClause, listPaths } from '../tree/walk.ts'
import { typeNames } from './bind-comparison.ts'
import { bindDetail, checkTable, listFixed, placeInGroup, placeOverTable } from './bind-detail.ts'
import { replaceWith, resolvePath } from './bind-path.ts'
import { findChain, relate, stripChain } from './bind-related.ts'
import { bindPer } from './bind-series.ts'
import { type Bound, literal, unknown } from './bound.ts'
import { hintOutside } from './refuse-grouped.ts'

/** An aggregate call: over the group's rows in a group, else over the rows of a to-many relation, one value a row. */
export function bindAggregate(node: Call, definition: AggregateFunction, scope: Scope): Bound {
  const { checker } = scope
  if (!checkForm(node, definition, scope)) return unknown
  const rowScope: Scope = { ...scope, mode: 'row' }
  const chain = findChain(node.args, rowScope)
  if (chain === 'refused') return unknown
  if (scope.mode === 'group') return chain ? refuseManyInGroup(node, scope) : bindOverGroup(node, definition, rowScope)
  if (chain) return bindRelated(node, definition, chain, rowScope)
  if (node.per && !node.over) return bindOverTable(node, definition, rowScope)
  const lost = node.args
    .flatMap((arg) => listPaths(arg, () => false))
    .find(({ parts }) => resolvePath(parts, rowScope).kind === 'nothing')
  return lost ? checker.bind(lost, rowScope) : refuseOutsideGroup(node, scope)
}

/** Whether the call has as many arguments as it should, and an order where it needs one. */
function checkForm(node: Call, definition: AggregateFunction, scope: Scope): boolean {
  const { parameters, isOrdered, signature } = definition
  const refuse = (message: string) => {
    const meant = findForm(node, definition)
    scope.checker.report(node, {
      code: 'arguments',
      message,
      hint: `Write \`${signature}\`.`,
      fixes: meant ? replaceWith(node, scope, formatExpression(meant)) : [],
    })
    return false
  }
  const least = parameters.filter(({ optional }) => !optional).length
  if (node.args.length < least || node.args.length > parameters.length)
    return refuse(
      parameters.length === 1
        ? `\`${node.name}\` takes one argument`
        : `\`${node.name}\` takes ${parameters.map(({ name }) => `\`${name}\``).join(' and ')}`,
    )
  const clause = findClause(node, isOrdered ? [] : ['by'])
  if (clause !== undefined) return refuse(`\`${node.name}\` does not take \`${clause}\``)
  if (isOrdered && !node.by) return refuse(`\`${node.name}\` does not know which row comes first`)
  return true
}

/** The call that was surely meant: `share(c)` by `share(where c)`, `last(x by y)` by `last(x, y)`. */
function findForm(node: Call, { parameters, isOrdered }: AggregateFunction): Call | undefined {
  const [first, second] = node.args
  const { where, ...rest } = node
  const isCondition = parameters.length === 1 && parameters[0]?.types.join() === 'boolean'
  if (isCondition && where && !first) return { ...rest, args: [where] }
  if (isOrdered && first && second && node.args.length === 2 && !node.by)
    return { ...node, args: [first], by: { value: second, descending: false } }
  return undefined
}

/** Related rows are those of one row: there is nothing else to keep apart, and no period to look back from. */
export function refuseDetail(node: Call, { checker }: Scope): boolean {
  const clause = findClause(node, ['over', 'per'])
  if (clause === undefined) return false
  checker.report(node, {
    code: 'arguments',
    message: `\`${node.name}\` of related rows does not take \`${clause}\``,
    hint: 'Name the value of each row first, with `add x = …`, and aggregate `x` then.',
  })
  return true
}

export function refuseManyInGroup(node: Call, scope: Scope): Bound {
  const text = formatExpression(node)
  const adds = node.name === 'count' || node.name === 'sum'
  return scope.checker.report(node, {
    code: 'to-many-in-group',
    message: `\`${text}\` leads to many rows for each row of the group`,
    hint: adds
      ? `Write \`sum(${text})\`: first for each row, then over the group.`
      : `First \`add x = ${text}\`, then aggregate \`x\`.`,
    fixes: adds ? replaceWith(node, scope, `sum(${text})`) : [],
  })
}

function refuseOutsideGroup(node: Call, scope: Scope): Bound {
  const text = formatExpression(node)
  if (node.over)
    return scope.checker.report(node, {
      code: 'aggregate-outside-group',
      message: `\`${text}\` looks back from a period, and here is none`,
      hint: 'Use it in a group by one period, as in `group by day(at): n = count_distinct(user over 30 days)`.',
    })
  const whole = formatExpression({ ...node, per: 'all' })
  return scope.checker.report(node, {
    code: 'aggregate-outside-group',
    message: `\`${text}\` needs many rows, and here is one`,
    hint: hintOutside(text, whole, scope),
    fixes: scope.isCompared && !node.per && node.name !== 'count' ? replaceWith(node, scope, whole) : [],
  })
}

const describeTypes = (types: AggregateParameter['types']): string => typeNames[types[0] ?? 'number']

/** `percentile(x, 0.9)` has nobody meant for the first hundredth of values. */
function refuseFraction(arg: Extract<Expression, { kind: 'number' }>, scope: Scope): Bound {
  const text = formatExpression(toPercent(Number(arg.value)))
  return scope.checker.report(arg, {
    code: 'arguments',
    message: `\`${formatExpression(arg)}\` is less than one percent`,
    hint: `Write \`${text}\` for ${text} percent.`,
    fixes: replaceWith(arg, scope, text),
  })
}

/** One argument: of an accepted type, or a percentage that becomes a fraction. */
function bindArgument(
  node: Call,
  at: number,
  parameter: AggregateParameter,
  definition: AggregateFunction,
  scope: Scope,
): Bound {
  const { name, signature } = definition
  const arg = node.args[at]!
  if (parameter.isPercent) {
    const percent = arg.kind === 'number' ? Number(arg.value) : Number.NaN
    if (arg.kind === 'number' && percent > 0 && percent < 1) return refuseFraction(arg, scope)
    if (percent >= 0 && percent <= 100) return literal('number', percent / 100)
    return scope.checker.report(arg, {
      code: 'arguments',
      message: `\`${parameter.name}\` of \`${name}\` is a number from 0 to 100, written out`,
      hint: `Write \`${signature}\`.`,
    })
  }
  const bound = scope.checker.bind(arg, { ...scope, across: false })
  const { types } = parameter
  const isCondition = name === 'sum' && bound.type === 'boolean'
  if (bound.type === 'unknown' || types.length === 0 || types.includes(bound.type) || isCondition) return bound
  const isShare = name === 'avg' && bound.type === 'boolean'
  return scope.checker.report(arg, {
    code: 'type-mismatch',
    message: `\`${name}\` takes ${describeTypes(types)}, and this is ${typeNames[bound.type]}`,
    fixes: isShare ? replaceWith(node, scope, formatExpression({ ...node, name: 'share' })) : [],
    hint: isShare
      ? `Their share is \`${formatExpression({ ...node, name: 'share' })}\`.`
      : bound.type === 'boolean'
        ? 'Count rows with `count(where condition)`, or take their `share(condition)`.'
        : `Write \`${signature}\`.`,
  })
}

/** A condition; undefined when none was written. */
export function bindCondition(condition: Expression | undefined, scope: Scope): Bound | undefined {
  if (!condition) return undefined
  const bound = scope.checker.bind(condition, scope)
  if (bound.type === 'boolean' || bound.type === 'unknown') return bound
  return scope.checker.report(condition, {
    code: 'not-a-condition',
    message: `a condition is true or false, and this is ${typeNames[bound.type]}`,
    hint: 'Compare it with a value, as in `plan = "pro"`.',
  })
}

/** The arguments: values, or for counts the key columns of the row that a relation leads to. */
function bindArguments(node: Call, definition: AggregateFunction, scope: Scope): readonly Bound[] {
  const [first] = node.args
  if (definition.countsRows && first?.kind === 'path') {
    const found = resolvePath(first.parts, scope)
    if (found.kind === 'row') return identifyRow(found.rows, scope.checker.names)
  }
  const args = node.args.map((_, at) => bindArgument(node, at, definition.parameters[at]!, definition, scope))
  const isCounted = node.name === 'sum' || (node.name === 'count' && first?.kind !== 'path')
  return isCounted && first && args[0]?.type === 'boolean' ? [refuseCondition(node, first, scope)] : args
}

/** `count(amount > 100)` would count all rows, those for which it is false too; `sum(amount > 100)` means the same count. */
function refuseCondition(node: Call, arg: Expression, scope: Scope): Bound {
  const where: Expression = node.where ? { kind: 'binary', operator: 'and', left: arg, right: node.where } : arg
  const { args: _condition, ...rest } = node
  const text = formatExpression({ ...rest, name: 'count', args: [], where })
  const isWhole = scope.checker.spanOf(node) !== undefined
  return scope.checker.report(arg, {
    code: 'condition-counted',
    message: `\`${node.name}\` takes values, and this is a condition`,
    hint: isWhole ? `Rows for which it holds are counted by \`${text}\`.` : 'Write `count(users where …)`.',
    fixes: replaceWith(node, scope, text),
  })
}

/** What stands behind `by`. `last` is the other direction of `first`. */
function bindOrder(by: SortItem | undefined, node: Call, scope: Scope): Bound | undefined {
  if (!by) return undefined
  if (by.descending) {
    const name = node.name === 'first' ? 'last' : 'first'
    const text = formatExpression({ ...node, name, by: { value: by.value, descending: false } })
    return scope.checker.report(by, {
      code: 'arguments',
      message: `\`${node.name}\` counts from the smallest up`,
      hint: `Write \`${text}\`.`,
      fixes: replaceWith(node, scope, text),
    })
  }
  const bound = scope.checker.bind(by.value, { ...scope, across: false })
  if (bound.type !== 'boolean') return bound
  return scope.checker.report(by.value, {
    code: 'type-mismatch',
    message: 'rows are ordered by a number, a time or a text, and this is true or false',
    hint: 'Put the condition behind `where`.',
  })
}

/** The value that a definition makes of its parts, called as the call would be. */
function build(
  node: Call,
  definition: AggregateFunction,
  args: readonly Bound[],
  where: Bound | undefined,
  scope: Scope,
) {
  const by = bindOrder(node.by, node, scope)
  if ([...args, by, where].some((part) => part?.type === 'unknown')) return unknown
  const built = definition.build({ args, by, where })
  const unit = definition.keepsUnit ? args[0]?.unit : undefined
  return {
    ...built,
    ...(unit === undefined ? {} : { unit }),
    ...(built.kind === 'aggregate' ? { name: findDefaultName(node, isBucket) ?? definition.name } : {}),
  }
}

function bindOverGroup(node: Call, definition: AggregateFunction, scope: Scope): Bound {
  const args = bindArguments(node, definition, scope)
  const detail = bindDetail(node, scope)
  if (!detail) return unknown
  const fixed = { ...scope, keys: listFixed(detail, scope) }
  if (!definition.ignoresRepeats && refuseRepeats(node, args, fixed)) return unknown
  if (definition.name === 'sum') warnOfShared(node, args, scope)
  warnOfRatio(node, args, scope)
  warnOfBalance(node, args, scope)
  const where = bindCondition(node.where, { ...scope, across: false })
  return placeInGroup(build(node, definition, args, where, scope), detail)
}

/** `sum(amount per country)` of a row: over the rows of the table that share the columns. `total` is the same for sums. */
function bindOverTable(node: Call, definition: AggregateFunction, scope: Scope): Bound {
  if (!checkTable(node, scope)) return unknown
  const args = bindArguments(node, definition, scope)
  const where = bindCondition(node.where, { ...scope, across: false })
  const per = bindPer(node, scope)
  if (!per) return unknown
  if (!definition.ignoresRepeats && refuseRepeats(node, args, { ...scope, keys: listColumns(per) })) return unknown
  return placeOverTable(build(node, definition, args, where, scope), per)
}

function bindRelated(node: Call, definition: AggregateFunction, chain: Chain, scope: Scope): Bound {
  const [arg] = node.args
  if (!arg || refuseDetail(node, scope)) return unknown
  const opened = openChain(chain, scope)
  const { inner, rows } = opened
  const [first, ...others] = node.args.map((one) => stripChain(one, chain))
  let args: readonly Bound[]
  if (first)
    args = bindArguments({ ...node, args: [first, ...others.filter((one) => one !== undefined)] }, definition, inner)
  else if (definition.name === 'count') args = []
  else if (definition.countsRows)
    args = rows.scan.model.key.map((column) => useColumn(rows, column, scope.checker.names))
  else
    return scope.checker.report(arg, {
      code: 'relation-as-value',
      message: `\`${formatExpression(arg)}\` are rows, and \`${definition.name}\` needs a value of each`,
      hint: `Name one of their fields, as \`${formatExpression(arg)}.${Object.keys(rows.scan.model.fields)[0] ?? 'x'}\`.`,
    })
  warnOfBalance(node, args, inner)
  const where = bindCondition(node.where, inner)
  const measure = build(node, definition, args, undefined, inner)
  return where?.type === 'unknown' ? unknown : relate(measure, where, opened, node, definition.whenNone)
}
