import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { formatExpression } from '../../dsl/text/format-expression.ts'
import { parseMeasure } from '../../dsl/text/parse-measure.ts'
import type { Expression, Path, Tree } from '../../dsl/tree/ast.ts'
import { listConjuncts } from '../../dsl/tree/walk.ts'
import type { Slice, SliceValue } from '../hypothesis.ts'
import type { AuthoredHypothesis } from './read-authored.ts'

/** What a question of one series asks, whatever its spelling, range of time and grain. */
export interface Claim {
  /** Equal where two questions ask the same. */
  readonly key: string
  /** The metric of the catalog that is measured, where it is one. */
  readonly metric: Metric | undefined
  /** Its conditions but for the range of time, in canonical text. */
  readonly conditions: readonly string[]
  /** The same as values of fields, where they are no more than that, of the metric as it is. */
  readonly slice: Slice | undefined
}

/** Steps that change nothing of what is measured but by their conditions. */
const plain: ReadonlySet<string> = new Set(['from', 'from_metrics', 'where', 'group', 'fill', 'test', 'chart'])

const isPath = (expression: Expression | undefined, path: string): boolean =>
  expression?.kind === 'path' && (expression as Path).parts.join('.') === path

/** The field that the periods are of: `created_at` of `week(created_at)`. */
function findTime({ steps }: Tree, { grain, metric }: AuthoredHypothesis): string | undefined {
  const group = steps.findLast((step) => step.kind === 'group')
  if (group?.kind !== 'group') return metric?.time
  for (const { value } of group.keys)
    if (value.kind === 'call' && value.name === grain && value.args[0]?.kind === 'path')
      return value.args[0].parts.join('.')
  return undefined
}

const comparisons: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])

/** Whether a condition says only which stretch of time is looked at. */
function isRange(condition: Expression, time: string): boolean {
  if (condition.kind === 'in_range' || condition.kind === 'between')
    return !condition.negated && isPath(condition.operand, time)
  return condition.kind === 'binary' && comparisons.has(condition.operator) && isPath(condition.left, time)
}

function readSliceValue(condition: Expression): SliceValue | undefined {
  if (condition.kind === 'is_empty' && !condition.negated && condition.operand.kind === 'path')
    return { field: condition.operand.parts.join('.'), value: null }
  if (condition.kind !== 'binary' || condition.operator !== '=' || condition.left.kind !== 'path') return undefined
  const { left, right } = condition
  if (right.kind !== 'text' && right.kind !== 'number' && right.kind !== 'boolean') return undefined
  return { field: left.parts.join('.'), value: right.value }
}

/** The metric of the catalog that an expression is, by its name or written out. */
function findMetric(catalog: Catalog, model: string, measure: string, time: string | undefined): Metric | undefined {
  const metrics = Object.values(catalog.models[model]?.metrics ?? {})
  return metrics.find((metric) => {
    const parsed = parseMeasure(metric.measure)
    const written = parsed.ok ? formatExpression(parsed.value) : metric.measure
    return metric.time === time && (measure === written || measure === `${metric.name}()`)
  })
}

/** Reads what a question asks. One of other steps than filters is like no other but itself: `own`, its identity, is then the key. */
export function readClaim(authored: AuthoredHypothesis, catalog: Catalog, own: string): Claim {
  const { tree, model, measure, detector } = authored
  const time = findTime(tree, authored)
  const metric = authored.metric ?? findMetric(catalog, model, measure, time)
  const [first] = tree.steps
  const wheres = tree.steps.flatMap((step) => (step.kind === 'where' ? [step.condition] : []))
  if (first?.kind === 'from_metrics' && first.where) wheres.unshift(first.where)
  const parts = wheres.flatMap(listConjuncts).filter((one) => time === undefined || !isRange(one, time))
  const conditions = [...new Set(parts.map(formatExpression))].sort()
  const of = { metric, conditions }
  const grouped = tree.steps.findIndex(({ kind }) => kind === 'group' || kind === 'from_metrics')
  const isPlain = tree.steps.every(({ kind }, at) => plain.has(kind) && !(kind === 'where' && at > grouped))
  if (!isPlain || time === undefined) return { ...of, key: own, slice: undefined }
  const values = parts.map(readSliceValue)
  const isSlice = metric !== undefined && values.every((value) => value !== undefined)
  return {
    ...of,
    key: JSON.stringify([model, time, metric?.measure ?? measure, conditions, detector]),
    slice: isSlice ? (values as readonly SliceValue[]) : undefined,
  }
}
