import { grains } from '../base/periods.ts'
import type { Call } from './ast.ts'
import { bindCondition } from './bind-aggregate.ts'
import { isTime, typeNames } from './bind-comparison.ts'
import { type Bound, unknown } from './bound.ts'
import type { Scope } from './checker.ts'
import { findDefaultName } from './default-name.ts'
import { formatDuration } from './format-expression.ts'
import type { AcrossFunction } from './functions/function.ts'
import { isBucket } from './functions/index.ts'
import { quotePath } from './quote.ts'
import { findColumn, findTimeAxis, listKeys } from './relation.ts'
import { findClause, listPer } from './walk.ts'

/** `previous(x, 12 months)` and `total(x per k)`: values of other rows of the same table. */
export function bindAcross(node: Call, definition: AcrossFunction, scope: Scope): Bound {
  if (!scope.across || scope.mode === 'group')
    return scope.checker.report(node, {
      code: 'across-rows-here',
      message: `\`${node.name}\` looks at other rows, which an aggregate or a related row does not have`,
      hint: `Name the value first, then \`add x = ${node.name}(…)\` after it.`,
    })
  return definition.across === 'previous' ? bindPrevious(node, definition, scope) : bindTotal(node, definition, scope)
}

function bindPrevious(node: Call, definition: AcrossFunction, scope: Scope): Bound {
  const { checker, relation } = scope
  const [of, stretch] = node.args
  if (
    !of ||
    node.args.length > 2 ||
    findClause(node, ['by', 'where', 'over', 'per']) ||
    (stretch && stretch.kind !== 'duration')
  )
    return checker.report(node, {
      code: 'arguments',
      message: '`previous` takes a value, and maybe how far back',
      hint: `Write \`${definition.signature}\`.`,
    })
  const bound = checker.bind(of, { ...scope, across: false })
  const axis = findTimeAxis(relation)
  if (!axis?.bucket)
    return checker.report(node, {
      code: 'no-time-axis',
      message: '`previous` needs rows of one period each',
      hint: 'Group by one period first, as in `group by month(created_at): n = count()`.',
    })
  const duration = stretch?.kind === 'duration' ? stretch : { count: 1, unit: axis.bucket }
  if (grains.indexOf(duration.unit) < grains.indexOf(axis.bucket) || duration.count > 10_000)
    return checker.report(stretch ?? node, {
      code: 'stretch-too-short',
      message: `rows are one ${axis.bucket} apart, and ${formatDuration(duration)} is no whole number of them`,
      hint: `Use ${axis.bucket}s or a longer unit.`,
    })
  if (bound.type === 'unknown') return unknown
  return {
    kind: 'previous',
    type: bound.type,
    ...(bound.unit === undefined ? {} : { unit: bound.unit }),
    of: bound,
    by: duration.count,
    grain: duration.unit,
    time: axis.name,
    per: listKeys(relation).filter((key) => key !== axis.name),
    name: findDefaultName(node, isBucket) ?? 'previous',
  }
}

function bindTotal(node: Call, definition: AcrossFunction, scope: Scope): Bound {
  const { checker, relation } = scope
  const [of] = node.args
  if (!of || node.args.length > 1 || findClause(node, ['by', 'over']))
    return checker.report(node, {
      code: 'arguments',
      message: '`total` takes one value',
      hint: `Write \`${definition.signature}\`.`,
    })
  const bound = checker.bind(of, { ...scope, across: false })
  const where = bindCondition(node.where, { ...scope, across: false })
  const per: string[] = []
  for (const path of listPer(node)) {
    const column = path.parts.length === 1 ? findColumn(relation, path.parts[0] ?? '') : undefined
    if (!column)
      return checker.report(path, {
        code: 'unknown-name',
        message: `there is no column \`${quotePath(path.parts)}\` to keep apart`,
        hint: 'Name a column of the rows; `add` it first where it is none.',
      })
    if (column.physical !== undefined) checker.bind(path, scope)
    per.push(...(column.identity.length > 0 ? column.identity : [column.name]))
  }
  if (bound.type === 'unknown') return unknown
  if (bound.type !== 'number')
    return checker.report(of, {
      code: 'type-mismatch',
      message: `\`total\` takes a number, and this is ${typeNames[bound.type]}`,
      hint: isTime(bound) ? 'Times do not add up.' : 'Only numbers add up.',
    })
  return {
    kind: 'total',
    type: 'number',
    ...(bound.unit === undefined ? {} : { unit: bound.unit }),
    call: { fn: 'sum', args: [bound], where },
    per,
    name: findDefaultName(node, isBucket) ?? 'total',
  }
}
