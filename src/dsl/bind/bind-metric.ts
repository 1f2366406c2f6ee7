import type { Metric } from '../../catalog/catalog.ts'
import type { Scope } from '../check/checker.ts'
import { findOwn } from '../check/find-own.ts'
import { happenAt } from '../check/relation.ts'
import { parseMeasure } from '../text/parse-measure.ts'
import { quoteName } from '../text/quote.ts'
import type { Call, Expression } from '../tree/ast.ts'
import { narrow } from '../tree/narrow.ts'
import { findClause } from '../tree/walk.ts'
import { bindDetail, listFixed, placeInGroup } from './bind-detail.ts'
import { type Bound, looksBack, unknown } from './bound.ts'

/** A metric's measure over the rows of `scope`; mistakes in the catalog's text are said at `node`. */
export function bindMeasure(metric: Metric, node: object, scope: Scope, where?: Expression): Bound {
  const { checker } = scope
  const refuse = (reason: string) =>
    checker.report(node, {
      code: 'broken-metric',
      message: `the measure of \`${metric.name}\` does not hold: ${reason}`,
      hint: 'Mend the catalog; `hunch check` shows the place.',
    })
  const parsed = parseMeasure(metric.measure)
  if (!parsed.ok) return refuse(parsed.diagnostics[0]?.message ?? 'it cannot be read')
  const inner: Scope = {
    ...scope,
    relation: happenAt(scope.relation, metric.time),
    mode: 'group',
    checker: {
      ...checker,
      report: (_at, diagnostic) => {
        if (diagnostic.severity !== 'warning') return refuse(diagnostic.message)
        return diagnostic.code === 'sum-over-time' && metric.overTime ? unknown : checker.report(node, diagnostic)
      },
    },
  }
  if (where) checker.bind(where, { ...scope, mode: 'row', across: false })
  const bound = checker.bind(where ? narrow(parsed.value, where) : parsed.value, inner)
  return metric.unit === undefined ? bound : { ...bound, unit: metric.unit }
}

/** `signups()` or `signups(where plan = "pro")`, among the measures of a group over the metric's own model. */
export function bindMetric(node: Call, scope: Scope): Bound | undefined {
  const metric = findOwn(scope.relation.rows?.scan.model.metrics, node.name)
  if (!metric) return undefined
  if (scope.mode === 'row')
    return scope.checker.report(node, {
      code: 'aggregate-outside-group',
      message: `the metric \`${node.name}\` needs many rows, and here is one`,
      hint: 'Use it in `group by` or `group all`.',
    })
  if (metric.overTime)
    return scope.checker.report(node, {
      code: 'over-time-here',
      message: `the metric \`${node.name}\` takes the ${metric.overTime} of each period, and is not worked out row by row`,
      hint: `Start with it, as in \`from metric ${quoteName(metric.name)} by month\`.`,
    })
  if (node.args.length > 0 || findClause(node, ['by']))
    return scope.checker.report(node, {
      code: 'arguments',
      message: `the metric \`${node.name}\` takes no arguments`,
      hint: `Write \`${node.name}()\` or \`${node.name}(where condition)\`.`,
    })
  const detail = bindDetail(node, scope)
  if (!detail) return unknown
  const fixed = { ...scope, keys: listFixed(detail, scope) }
  const measure = bindMeasure(metric, node, scope, node.where)
  if (detail.over && looksBack(measure))
    return scope.checker.report(node, {
      code: 'arguments',
      message: `the metric \`${node.name}\` says itself how far it looks back`,
      hint: 'Leave `over` out.',
    })
  return refuseMultiplied(node, fixed) ?? placeInGroup(measure, detail)
}

/** What counts or adds up rows of the model is another thing once there are several rows for each. */
function refuseMultiplied(node: Call, scope: Scope): Bound | undefined {
  const found = scope.relation.repeats.find((one) => one.kind === 'related' || !scope.keys?.has(one.column))
  return (
    found &&
    scope.checker.report(node, {
      code: 'repeated-value',
      message: `the metric \`${node.name}\` is of rows that stand once for each ${found.label} here`,
      hint:
        found.kind === 'related'
          ? 'Ask for it without `expand`.'
          : `Add \`${quoteName(found.column)}\` to the keys of the group.`,
    })
  )
}
