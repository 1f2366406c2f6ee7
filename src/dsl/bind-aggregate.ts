import type { Call, Expression } from './ast.ts'
import { typeNames } from './bind-comparison.ts'
import { replaceWith, resolvePath } from './bind-path.ts'
import { type Chain, findChain, openChain, stripChain } from './bind-related.ts'
import { type Bound, type BoundAggregate, call, literal, unknown } from './bound.ts'
import { refuseRepeats } from './check-repeats.ts'
import type { Scope } from './checker.ts'
import { findDefaultName } from './default-name.ts'
import { formatExpression } from './format-expression.ts'
import type { AggregateFunction, ExistenceFunction } from './functions/function.ts'
import { isBucket } from './functions/index.ts'
import { identifyRow, useColumn } from './rows.ts'
import { findClause, listPaths } from './walk.ts'

/** An aggregate call: over the group's rows in a group, else over the rows of a to-many relation, one value a row. */
export function bindAggregate(node: Call, definition: AggregateFunction, scope: Scope): Bound {
  const { checker } = scope
  const most = definition.argument === 'required' ? 1 : Math.min(node.args.length, 1)
  const clause = findClause(node, ['by', 'over', 'per'])
  if (node.args.length !== most || clause !== undefined)
    return checker.report(node, {
      code: 'arguments',
      message: clause ? `\`${node.name}\` does not take \`${clause}\`` : `\`${node.name}\` takes one argument`,
      hint: `Write \`${definition.signature}\`.`,
    })
  const rowScope: Scope = { ...scope, mode: 'row' }
  const chain = findChain(node.args, rowScope)
  if (chain === 'refused') return unknown
  if (scope.mode === 'group') return chain ? refuseManyInGroup(node, scope) : bindOverGroup(node, definition, rowScope)
  if (chain) return bindRelated(node, definition, chain, rowScope)
  const lost = node.args
    .flatMap((arg) => listPaths(arg, () => false))
    .find(({ parts }) => resolvePath(parts, rowScope).kind === 'nothing')
  return lost ? checker.bind(lost, rowScope) : refuseOutsideGroup(node, scope)
}

function refuseManyInGroup(node: Call, scope: Scope): Bound {
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
  const isSum = node.name === 'sum'
  return scope.checker.report(node, {
    code: 'aggregate-outside-group',
    message: `\`${text}\` needs many rows, and here is one`,
    hint: isSum
      ? `Use it in \`group by\`, or write \`total(…)\` for the sum over all rows.`
      : 'Use it in `group by` or `group all`, or on a to-many relation.',
  })
}

const checkType = (arg: Bound, node: Expression, definition: AggregateFunction, scope: Scope): Bound => {
  if (arg.type === 'unknown' || definition.types.length === 0 || definition.types.includes(arg.type)) return arg
  return scope.checker.report(node, {
    code: 'type-mismatch',
    message: `\`${definition.name}\` takes ${typeNames[definition.types[0] ?? 'number']}, and this is ${typeNames[arg.type]}`,
    hint: arg.type === 'boolean' ? 'Count rows with `count(where condition)`.' : `Write \`${definition.signature}\`.`,
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

/** The arguments: a value, or for counts the key columns of the row that a relation leads to. */
function bindArguments(node: Call, definition: AggregateFunction, scope: Scope): readonly Bound[] {
  const [arg] = node.args
  if (!arg) return []
  const isCount = definition.fn === 'count' || definition.fn === 'count_distinct'
  if (isCount && arg.kind === 'path') {
    const found = resolvePath(arg.parts, scope)
    if (found.kind === 'row') return identifyRow(found.rows, scope.checker.names)
  }
  const bound = scope.checker.bind(arg, { ...scope, across: false })
  const isCounted = definition.fn === 'sum' || (definition.fn === 'count' && arg.kind !== 'path')
  if (isCounted && bound.type === 'boolean') return [refuseCondition(node, arg, scope)]
  return [checkType(bound, arg, definition, scope)]
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

function finish(definition: AggregateFunction, args: readonly Bound[]) {
  const [arg] = args
  const isBroken = args.some(({ type }) => type === 'unknown')
  const type = isBroken ? ('unknown' as const) : definition.result(arg?.type ?? 'number')
  return { type, ...(definition.keepsUnit && arg?.unit !== undefined ? { unit: arg.unit } : {}) }
}

function bindOverGroup(node: Call, definition: AggregateFunction, scope: Scope): Bound {
  const args = bindArguments(node, definition, scope)
  if (!definition.ignoresRepeats && refuseRepeats(node, args, scope)) return unknown
  const where = bindCondition(node.where, { ...scope, across: false })
  return {
    kind: 'aggregate',
    ...finish(definition, args),
    call: { fn: definition.fn, args, where },
    name: findDefaultName(node, isBucket) ?? definition.name,
  }
}

function bindRelated(node: Call, definition: AggregateFunction, chain: Chain, scope: Scope): Bound {
  const opened = openChain(chain, node, scope)
  const [arg] = node.args
  if (!opened || !arg) return unknown
  const { inner } = opened
  const stripped = stripChain(arg, chain)
  let args: readonly Bound[]
  if (stripped) args = bindArguments({ ...node, args: [stripped] }, definition, inner)
  else if (definition.fn === 'count') args = []
  else if (definition.fn === 'count_distinct')
    args = opened.rows.scan.model.key.map((column) => useColumn(opened.rows, column, scope.checker.names))
  else
    return scope.checker.report(arg, {
      code: 'relation-as-value',
      message: `\`${formatExpression(arg)}\` are rows, and \`${definition.name}\` needs a value of each`,
      hint: `Name one of their fields, as \`${formatExpression(arg)}.${Object.keys(opened.rows.scan.model.fields)[0] ?? 'x'}\`.`,
    })
  const where = bindCondition(node.where, inner)
  return relate(finish(definition, args), { fn: definition.fn, args, where }, opened, node, definition.whenNone)
}

type Opened = NonNullable<ReturnType<typeof openChain>>

function relate(
  typed: { readonly type: Bound['type']; readonly unit?: string },
  aggregate: BoundAggregate,
  { rows, keys, outer }: Opened,
  node: Call,
  whenNone: 0 | undefined,
): Bound {
  const name = findDefaultName(node, isBucket) ?? node.name
  return {
    kind: 'related',
    ...typed,
    related: { inner: rows, keys, outer, call: aggregate, name, ...(whenNone === undefined ? {} : { whenNone }) },
  }
}

/** `any(users where …)`: whether the count of related rows that meet (or fail) the condition is 0. */
export function bindExistence(node: Call, definition: ExistenceFunction, scope: Scope): Bound {
  const { checker } = scope
  const [arg] = node.args
  const rowScope: Scope = { ...scope, mode: 'row' }
  const isPlain = node.args.length === 1 && findClause(node, ['by', 'over', 'per']) === undefined
  const chain = scope.mode === 'row' && isPlain ? findChain(node.args, rowScope) : undefined
  if (chain === 'refused') return unknown
  if (!chain || !arg || stripChain(arg, chain) !== undefined)
    return checker.report(node, {
      code: 'arguments',
      message: `\`${node.name}\` takes a to-many relation of the row`,
      hint: `Write \`${definition.signature}\`.`,
    })
  const opened = openChain(chain, node, rowScope)
  if (!opened) return unknown
  const condition = bindCondition(node.where, opened.inner)
  const where = definition.quantifier === 'all' && condition ? call('not', 'boolean', condition) : condition
  const count = relate({ type: 'number' }, { fn: 'count', args: [], where }, opened, node, 0)
  return call(definition.quantifier === 'any' ? 'greater' : 'equals', 'boolean', count, literal('number', 0))
}
