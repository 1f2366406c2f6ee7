import { suggestNames } from '../../base/did-you-mean.ts'
import type { Metric, Model } from '../../catalog/catalog.ts'
import type { FromMetrics, Named, Path } from '../ast.ts'
import { bindCondition } from '../bind-aggregate.ts'
import { bindMeasure } from '../bind-metric.ts'
import { findMeant } from '../bind-path.ts'
import type { Bound } from '../bound.ts'
import { type Checker, openRelation, toPhrase } from '../checker.ts'
import { describeExpression } from '../describe-expression.ts'
import { findOwn } from '../find-own.ts'
import { formatExpression, formatNamed } from '../format-expression.ts'
import { type BoundGrouping, bindKey, lowerGrouping, openScope, relateGroups } from '../grouping.ts'
import { lowerExpression, lowerScan, startBuilder } from '../lower-expression.ts'
import { parseExpression } from '../parse-expression.ts'
import { parseList, parseNamed } from '../parse-list.ts'
import { parseName } from '../parse-names.ts'
import { findUnit } from '../parse-range.ts'
import { quoteName } from '../quote.ts'
import { narrowBounds } from '../read-bounds.ts'
import { createColumn, type Relation } from '../relation.ts'
import type { Rows } from '../rows.ts'
import { findSpan, placeNode } from '../spans.ts'
import { defineStep } from '../step.ts'
import { nothing } from './from.ts'

interface BoundMetric {
  readonly rows: Rows
  readonly where: Bound | undefined
  readonly grouping: BoundGrouping
}

function findMetric(name: string, step: FromMetrics, checker: Checker): { model: Model; metric: Metric } | undefined {
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

function bindOne(step: FromMetrics, { model, metric }: { model: Model; metric: Metric }, checker: Checker) {
  const relation = openRelation(checker, model)
  const scope = openScope(checker, relation)
  const where = bindCondition(step.where, scope)
  const bounded = { ...scope, relation: step.where ? narrowBounds(relation, step.where, scope) : relation }
  const taken = new Set<string>(step.metrics)
  const keys = step.by.map((named) => {
    const key = bindKey(timeKey(named, metric), bounded, taken)
    taken.add(key.column.name)
    return key
  })
  const value = bindMeasure(metric, step, bounded)
  const column = createColumn({
    name: metric.name,
    type: value.type,
    unit: metric.unit,
    label: toPhrase(metric.label),
  })
  return { rows: relation.rows, where, grouping: { keys, measures: [{ column, value }] } }
}

function formatFrom({ metrics, by, where }: FromMetrics): string {
  return [
    `from metric ${metrics.map(quoteName).join(', ')}`,
    by.length > 0 ? ` by ${by.map(formatNamed).join(', ')}` : '',
    where ? ` where ${formatExpression(where)}` : '',
  ].join('')
}

function joinMetrics(metrics: readonly BoundMetric[]): Relation {
  const [first, ...rest] = metrics.map(({ grouping }) => relateGroups(grouping))
  if (!first) return nothing
  const measures = rest.flatMap(({ columns }, at) => columns.slice(metrics[at + 1]?.grouping.keys.length ?? 0))
  return { ...first, columns: [...first.columns, ...measures] }
}

/** Metrics over time or by fields: each is aggregated on its own model, then all are joined on the keys they share. */
export const fromMetric = defineStep<FromMetrics, readonly BoundMetric[]>({
  kind: 'from_metrics',
  name: 'from metric',
  verb: 'from',
  summary:
    "Metrics of the catalog by period or field, filtered before they are aggregated; a unit alone (`by week`) is of the metric's own time.",
  grammar: ['from metric <metrics> [by <keys>] [where <condition>]'],
  example: 'from metric signups by week where source = "paid_search" and created_at in last 52 weeks\nfill week with 0',
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
    const found = step.metrics.map((name) => findMetric(name, step, checker)).filter((one) => one !== undefined)
    const bound = found.flatMap((one) => {
      const { rows, ...rest } = bindOne(step, one, checker)
      return rows ? [{ rows, ...rest }] : []
    })
    return { after: joinMetrics(bound), bound }
  },
  describe: (step, { after, bound, checker }) => {
    const [first] = bound
    const keys = after.grain.kind === 'keys' ? after.grain.keys : []
    const names = step.metrics.map((name) => after.columns.find((column) => column.name === name)?.label ?? name)
    const labels = keys.map((key) => after.columns.find(({ name }) => name === key)?.label ?? key)
    const model = first?.rows.scan.model
    const scope = model ? openScope(checker, openRelation(checker, model)) : undefined
    const where = step.where && scope ? `, where ${describeExpression(step.where, scope)}` : ''
    const by = labels.length > 0 ? ` by ${labels.join(' and ')}` : ' in total'
    return `Take ${names.join(' and ')}${by}${where}`
  },
  lower: (metrics, builder) => {
    const inputs = metrics.map(({ rows, where, grouping }) => {
      const own = startBuilder(lowerScan(rows.scan, builder.step, builder.names), builder.step, builder.names)
      if (where) {
        const condition = lowerExpression(where, own)
        own.push((input, step) => ({ op: 'filter', step, input, where: condition }))
      }
      lowerGrouping(grouping, own)
      return own.node()
    })
    const [first, ...rest] = inputs
    if (!first) return
    const keys = (metrics[0]?.grouping.keys ?? []).map(
      ({ column: { name, type } }) => ({ name, type: type === 'unknown' ? 'text' : type }) as const,
    )
    builder.push((_nothing, step) => (rest.length === 0 ? first : { op: 'zip', step, inputs, keys }))
  },
})
