import { listColumns, refuseRepeats } from '../check/check-repeats.ts'
import type { Scope } from '../check/checker.ts'
import { findTimeAxis } from '../check/relation.ts'
import type { AcrossFunction } from '../functions/function.ts'
import { isAggregate, isBucket } from '../functions/index.ts'
import { warnOfCut } from '../lints/warn-of-cut.ts'
import { formatDuration, formatExpression } from '../text/format-expression.ts'
import type { Call, Expression } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import { findClause } from '../tree/walk.ts'
import { bindCondition } from './bind-aggregate.ts'
import { bindBeside } from './bind-beside.ts'
import { replaceWith } from './bind-path.ts'
import { bindPer, checkStretch, listSeries, refuseType, requireAxis } from './bind-series.ts'
import { bindWindow } from './bind-window.ts'
import { type Bound, unknown } from './bound.ts'

type Across<A extends AcrossFunction['across']> = Extract<AcrossFunction, { across: A }>

/** `previous(x, 12 months)`, `total(x per k)`, `rank(x)`: values of other rows of the same table. */
export function bindAcross(node: Call, definition: AcrossFunction, scope: Scope): Bound {
  if (!scope.across || scope.mode === 'group') return refuseAcross(node, scope)
  switch (definition.across) {
    case 'shift':
      return bindShift(node, definition, scope)
    case 'total':
      return bindTotal(node, definition, scope)
    default:
      return bindWindow(node, definition, scope)
  }
}

/** In a group there are no rows around yet; what `total` gives there is said by `per all`. */
function refuseAcross(node: Call, scope: Scope): Bound {
  const [of] = node.args
  const isWhole =
    scope.mode === 'group' && node.name === 'total' && of?.kind === 'call' && isAggregate(of.name) && !of.per
  const text = isWhole ? formatExpression({ ...of, per: node.per ?? 'all' }) : undefined
  return scope.checker.report(node, {
    code: 'across-rows-here',
    message: `\`${node.name}\` looks at other rows, which an aggregate or a related row does not have`,
    hint:
      text === undefined
        ? `Name the value first, then \`add x = ${node.name}(…)\` on a line below it.`
        : `Write \`${text}\`.`,
    fixes: text === undefined ? [] : replaceWith(node, scope, text),
  })
}

function bindShift(node: Call, definition: Across<'shift'>, scope: Scope): Bound {
  const { checker } = scope
  if (node.by) return bindBeside(node, definition, scope)
  const { compare, direction } = definition
  const [of, stretch] = node.args
  const counted = stretch?.kind === 'number' ? mendCount(node, stretch, scope) : undefined
  if (counted) return counted
  const isWrong = !of || node.args.length > 2 || findClause(node, ['by', 'where', 'over', 'per'])
  if (isWrong || (stretch && stretch.kind !== 'duration'))
    return checker.report(node, {
      code: 'arguments',
      message: `\`${node.name}\` takes a value, and maybe how far away`,
      hint: `Write \`${definition.signature}\`.`,
    })
  const bound = checker.bind(of, scope)
  const axis = requireAxis(node, scope, `, or say the order, as in \`${node.name}(x by created_at)\``)
  if (!axis) return unknown
  const duration = stretch?.kind === 'duration' ? stretch : { count: 1, unit: axis.bucket }
  if (!checkStretch(duration, axis, stretch ?? node, scope) || bound.type === 'unknown') return unknown
  if (direction < 0) warnOfCut(node, axis, duration, scope)
  if (compare && bound.type !== 'number') return refuseType(node, of, bound, scope)
  return {
    kind: 'previous',
    type: bound.type,
    ...(bound.unit === undefined || compare === 'pct_change' ? {} : { unit: bound.unit }),
    of: bound,
    by: -direction * duration.count,
    grain: duration.unit,
    time: axis.name,
    per: listSeries(scope, axis),
    compare,
    name: findDefaultName(node, isBucket) ?? node.name,
  }
}

/** `previous(x, 7)`: so many of the periods that the rows are of. */
function mendCount(node: Call, count: Extract<Expression, { kind: 'number' }>, scope: Scope): Bound | undefined {
  const unit = findTimeAxis(scope.relation)?.bucket
  const number = Number(count.value)
  if (!unit || !Number.isInteger(number) || number < 1) return undefined
  const text = formatDuration({ count: number, unit })
  return scope.checker.report(count, {
    code: 'arguments',
    message: `\`${node.name}\` looks a length of time away, and this is a number`,
    hint: `Write \`${text}\`.`,
    fixes: replaceWith(count, scope, text),
  })
}

function bindTotal(node: Call, definition: AcrossFunction, scope: Scope): Bound {
  const { checker } = scope
  const [of] = node.args
  if (!of || node.args.length > 1 || findClause(node, ['by', 'over']))
    return checker.report(node, {
      code: 'arguments',
      message: '`total` takes one value',
      hint: `Write \`${definition.signature}\`.`,
    })
  const bound = checker.bind(of, scope)
  const where = bindCondition(node.where, { ...scope, across: false })
  const per = bindPer(node, scope)
  if (bound.type === 'unknown' || !per) return unknown
  if (bound.type !== 'number') return refuseType(node, of, bound, scope)
  if (refuseRepeats(node, [bound], { ...scope, keys: listColumns(per) })) return unknown
  return {
    kind: 'total',
    type: 'number',
    ...(bound.unit === undefined ? {} : { unit: bound.unit }),
    call: { fn: 'sum', args: [bound], where },
    per,
    name: findDefaultName(node, isBucket) ?? 'total',
  }
}
