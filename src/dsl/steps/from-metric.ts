import { suggestNames } from '../../base/did-you-mean.ts'
import type { Metric, Model } from '../../catalog/catalog.ts'
import { bindCondition } from '../bind/bind-aggregate.ts'
import { bindMeasure } from '../bind/bind-metric.ts'
import { type Bound, looksBack } from '../bind/bound.ts'
import { type Checker, openRelation, toPhrase } from '../check/checker.ts'
import { findOwn } from '../check/find-own.ts'
import { type BoundGrouping, bindKey, lowerGrouping, openScope, relateGroups } from '../check/grouping.ts'
import { averageOverTime, keepMoment } from '../check/over-time.ts'
import { narrowBounds } from '../check/read-bounds.ts'
import { createColumn, happenAt, type Relation, type RelationColumn } from '../check/relation.ts'
import type { Rows } from '../check/rows.ts'
import { findMeant } from '../check/same-word.ts'
import { type Builder, lowerExpression, lowerScan, startBuilder, toColumn } from '../plan/lower-expression.ts'
import type { Expression, Node } from '../plan/plan.ts'
import { formatExpression, formatNamed } from '../text/format-expression.ts'
import { parseExpression } from '../text/parse-expression.ts'
import { parseList, parseNamed } from '../text/parse-list.ts'
import { parseName } from '../text/parse-names.ts'
import { findUnit } from '../text/parse-range.ts'
import { quoteName } from '../text/quote.ts'
import type { FromMetrics, Named, Path, Expression as Written } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { findSpan, placeNode } from '../tree/spans.ts'
import { describeExpression } from '../words/describe-expression.ts'
import { nothing } from './from.ts'
import { defineStep } from './step.ts'

/** Metrics of one model over one time field. */
interface BoundMetrics {
  readonly rows: Rows
  readonly where: readonly Bound[]
  readonly grouping: BoundGrouping
}

interface Found {
  readonly model: Model
  readonly metric: Metric
}

function findMetric(name: string, step: FromMetrics, checker: Checker): Found | undefined {
  for (const model of Object.values(checker.catalog.models)) {
    const metric = findOwn(model.metrics, name)
    if (metric) return { model, metric }
  }
  const names = Object.values(checker.catalog.models).flatMap(({ metrics }) => Object.keys(metrics))
  const meant = findMeant(name, names)
  const span = checker.spanOf(step)
  checker.report(step, {
    code: 'unknown-metric',
    message: `there is no metric \`${name}\``,
    hint:
      names.length === 0
        ? 'The catalog names no metrics.'
        : `There is ${names
            .slice(0, 20)
            .map((one) => `\`${one}\``)
            .join(', ')}.`,
    candidates: meant === undefined ? suggestNames(name, names) : [meant],
    fixes:
      meant === undefined || !span
        ? []
        : [
            {
              title: `${name} → ${meant}`,
              span,
              text: formatFrom({ ...step, metrics: step.metrics.map((one) => (one === name ? meant : one)) }),
            },
          ],
  })
  return undefined
}

/** A unit alone, as in `by week`, is that period of the metric's own time. */
function timeKey(named: Named, metric: Metric): Named {
  const { value } = named
  const unit = value.kind === 'path' && value.parts.length === 1 ? findUnit(value.parts[0] ?? '') : undefined
  if (!unit || unit !== (value as Path).parts[0]) return named
  const span = findSpan(named)
  const time: Path = { kind: 'path', parts: [metric.time] }
  const key: Named = { name: named.name ?? unit, value: { kind: 'call', name: unit, args: [time] } }
  return span ? placeNode(key, span) : key
}

/**
 * A row without the metric's time has not happened to it: an unpaid invoice is no revenue, whatever it is broken down by. Undefined where
 * the time is kept to a range anyway.
 */
function happened({ time }: Metric, { bounds }: Relation): Written | undefined {
  if (bounds.has(time)) return undefined
  return { kind: 'is_empty', operand: { kind: 'path', parts: [time] }, negated: true }
}

/** Metrics of one model over one time are aggregated together, but for what is held. */
function bindTogether(
  step: FromMetrics,
  found: readonly Found[],
  isAlone: boolean,
  checker: Checker,
): readonly BoundMetrics[] {
  const [first] = found
  if (!first) return []
  const relation = happenAt(openRelation(checker, first.model), first.metric.time)
  const scope = openScope(checker, relation)
  const bounded = { ...scope, relation: step.where ? narrowBounds(relation, step.where, scope) : relation }
  const taken = new Set<string>(step.metrics)
  const keys = step.by.map((named) => {
    const key = bindKey(timeKey(named, first.metric), bounded, taken)
    taken.add(key.column.name)
    return key
  })
  const where = [
    ...[step.where, happened(first.metric, bounded.relation)].map((condition) => bindCondition(condition, scope)),
    keepMoment(first.metric, keys, scope),
  ].filter((one) => one !== undefined)
  const measures = found.map(({ metric }) => {
    const measure = bindMeasure(metric, step, { ...bounded, group: keys })
    const value = averageOverTime(measure, metric, keys, scope)
    const { name, unit } = metric
    return {
      column: createColumn({
        name,
        type: value.type,
        unit,
        label: toPhrase(metric.label),
        hasGaps: !isAlone && !isCount(value) && !looksBack(value),
        isTrailing: looksBack(value),
      }),
      value,
    }
  })
  return relation.rows ? [{ rows: relation.rows, where, grouping: { keys, measures } }] : []
}

/** No rows are a count of 0. */
const isCount = (value: Bound): boolean =>
  value.kind === 'aggregate' &&
  (value.call.fn === 'count' || value.call.fn === 'count_distinct') &&
  value.call.over === undefined

const bindMetrics = (step: FromMetrics, checker: Checker): readonly BoundMetrics[] => {
  const found = step.metrics.map((name) => findMetric(name, step, checker)).filter((one) => one !== undefined)
  const together = [
    ...Map.groupBy(found, ({ model, metric }) => `${model.name}.${metric.time}.${metric.overTime ?? ''}`).values(),
  ]
  return together.flatMap((group) => bindTogether(step, group, together.length === 1, checker))
}

function formatFrom({ metrics, by, where }: FromMetrics): string {
  return [
    `from metric ${metrics.map(quoteName).join(', ')}`,
    by.length > 0 ? ` by ${by.map(formatNamed).join(', ')}` : '',
    where ? ` where ${formatExpression(where)}` : '',
  ].join('')
}

function joinMetrics(step: FromMetrics, metrics: readonly BoundMetrics[]): Relation {
  const [first] = metrics
  if (!first) return nothing
  const measures = metrics.flatMap(({ grouping }) => grouping.measures.map(({ column }) => column))
  const written = step.metrics
    .map((name) => measures.find((column) => column.name === name))
    .filter((one) => one !== undefined)
  const keys = first.grouping.keys.map(({ column }) => column)
  return { ...relateGroups(first.grouping), columns: [...keys, ...written] }
}

function lowerMetrics({ rows, where, grouping }: BoundMetrics, builder: Builder): Node {
  const own = startBuilder(lowerScan(rows.scan, builder), builder)
  for (const one of where) {
    const condition = lowerExpression(one, own)
    own.push((input, step) => ({ op: 'filter', step, input, where: condition }))
  }
  lowerGrouping(grouping, own)
  return own.node()
}

/** Joins what several models gave on their keys; a count is 0 where its model had no rows. */
function lowerJoined(metrics: readonly BoundMetrics[], builder: Builder): void {
  const counts: { readonly column: RelationColumn; readonly inner: string }[] = []
  const renamed = metrics.map((one) => {
    const measures = one.grouping.measures.map((measure) => {
      if (!isCount(measure.value)) return measure
      const inner = builder.names.take(measure.column.name)
      counts.push({ column: measure.column, inner })
      return { ...measure, column: { ...measure.column, name: inner } }
    })
    return { ...one, grouping: { ...one.grouping, measures } }
  })
  const inputs = renamed.map((one) => lowerMetrics(one, builder))
  const keys = (metrics[0]?.grouping.keys ?? []).flatMap(({ column, value, identity }) => [
    ...identity.map((one) => toColumn(one.name, one.value)),
    toColumn(column.name, value),
  ])
  builder.push((_nothing, step) => ({ op: 'zip', step, inputs, keys }))
  const zero: Expression = { op: 'literal', type: 'number', value: 0 }
  const columns = counts.map(({ column: { name, unit }, inner }) => ({
    name,
    type: 'number' as const,
    ...(unit === undefined ? {} : { unit }),
    value: { op: 'call', fn: 'coalesce', args: [{ op: 'column', name: inner }, zero] } as const,
  }))
  if (columns.length > 0) builder.push((input, step) => ({ op: 'extend', step, input, columns }))
}

/** Metrics over time or by fields: each is aggregated on its own model, then all are joined on the keys they share. */
export const fromMetric = defineStep<FromMetrics, readonly BoundMetrics[]>({
  kind: 'from_metrics',
  name: 'from metric',
  verb: 'from',
  summary:
    "Metrics of the catalog by period or field, filtered before they are aggregated; a unit alone (`by week`) is of the metric's own time.",
  grammar: ['from metric <metrics> [by <keys>] [where <condition>]'],
  example: 'from metric signups by week where source = "paid_search" and created_at in last 52 weeks\nfill week with 0',
  shape: { metrics: shapes.names, by: shapes.list(shapes.named), where: shapes.optional(shapes.expression) },
  starts: (cursor) => {
    const next = cursor.peek(2)
    return cursor.isWord('from', 'metric') && (next?.kind === 'word' || next?.kind === 'name')
  },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    cursor.take()
    const metrics = parseList(cursor, () => parseName(cursor, 'the name of a metric'))
    const by = cursor.acceptWord('by') ? parseList(cursor, parseNamed) : Object.freeze([])
    const where = cursor.acceptWord('where') ? parseExpression(cursor) : undefined
    return cursor.place(start, { kind: 'from_metrics', metrics, by, ...(where ? { where } : {}) })
  },
  format: formatFrom,
  check: (step, _before, checker) => {
    const bound = bindMetrics(step, checker)
    return { after: joinMetrics(step, bound), bound }
  },
  describe: (step, { after, bound, checker }) => {
    const [first] = bound
    const keys = after.grain.kind === 'keys' ? after.grain.keys : []
    const metrics = Object.assign(
      {},
      ...Object.values(checker.catalog.models).map((one) => one.metrics),
    ) as Model['metrics']
    const names = step.metrics.map((name) => {
      const label = after.columns.find((column) => column.name === name)?.label ?? name
      const overTime = findOwn(metrics, name)?.overTime
      return overTime === undefined ? label : `${label} (${overTime} over time)`
    })
    const labels = keys.map((key) => after.columns.find(({ name }) => name === key)?.label ?? key)
    const model = first?.rows.scan.model
    const scope = model ? openScope(checker, openRelation(checker, model)) : undefined
    const where = step.where && scope ? `, where ${describeExpression(step.where, scope)}` : ''
    const by = labels.length > 0 ? ` by ${labels.join(' and ')}` : ' in total'
    return `Take ${names.join(' and ')}${by}${where}`
  },
  lower: (metrics, builder) => {
    const [first, ...rest] = metrics
    if (first && rest.length === 0) builder.push(() => lowerMetrics(first, builder))
    else if (first) lowerJoined(metrics, builder)
  },
})
