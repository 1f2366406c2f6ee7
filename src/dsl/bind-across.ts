import type { Call } from './ast.ts'
import { bindCondition } from './bind-aggregate.ts'
import { bindBeside } from './bind-beside.ts'
import { bindPer, checkStretch, listSeries, refuseType, requireAxis } from './bind-series.ts'
import { bindWindow } from './bind-window.ts'
import { type Bound, unknown } from './bound.ts'
import { listColumns, refuseRepeats } from './check-repeats.ts'
import type { Scope } from './checker.ts'
import { findDefaultName } from './default-name.ts'
import type { AcrossFunction } from './functions/function.ts'
import { isBucket } from './functions/index.ts'
import { warnOfCut } from './lints/warn-of-cut.ts'
import { findClause } from './walk.ts'

type Across<A extends AcrossFunction['across']> = Extract<AcrossFunction, { across: A }>

/** `previous(x, 12 months)`, `total(x per k)`, `rank(x)`: values of other rows of the same table. */
export function bindAcross(node: Call, definition: AcrossFunction, scope: Scope): Bound {
  if (!scope.across || scope.mode === 'group')
    return scope.checker.report(node, {
      code: 'across-rows-here',
      message: `\`${node.name}\` looks at other rows, which an aggregate or a related row does not have`,
      hint: `Name the value first, then \`add x = ${node.name}(…)\` after it.`,
    })
  switch (definition.across) {
    case 'shift':
      return bindShift(node, definition, scope)
    case 'total':
      return bindTotal(node, definition, scope)
    default:
      return bindWindow(node, definition, scope)
  }
}

function bindShift(node: Call, definition: Across<'shift'>, scope: Scope): Bound {
  const { checker } = scope
  if (node.by) return bindBeside(node, definition, scope)
  const { compare, direction } = definition
  const [of, stretch] = node.args
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
