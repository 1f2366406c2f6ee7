import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { parseMeasure } from '../../dsl/text/parse-measure.ts'
import type { Expression } from '../../dsl/tree/ast.ts'

/** What a metric about waiting times measures of each row. */
export interface Wait {
  /** Function that counts the time: `hours_between`. */
  readonly fn: string
  /** Fields of the two moments. */
  readonly began: string
  readonly ended: string
}

const middles: ReadonlySet<string> = new Set(['avg', 'median', 'percentile'])
const spans = /^(seconds|minutes|hours|days|weeks|months)_between$/

const fieldOf = (one: Expression | undefined): string | undefined =>
  one?.kind === 'path' && one.parts.length === 1 ? one.parts[0] : undefined

/**
 * The time from one field to another whose average, median or percentile a metric is: `median(hours_between(opened_at, solved_at))`. Undefined for all other
 * metrics, and where only some rows count: a condition may well say that it has happened.
 */
export function readWait(catalog: Catalog, { model, measure }: Pick<Metric, 'model' | 'measure'>): Wait | undefined {
  const outcome = parseMeasure(measure)
  if (!outcome.ok || outcome.value.kind !== 'call') return undefined
  const { name, args, where } = outcome.value
  const [span] = args
  if (!middles.has(name) || where || span?.kind !== 'call' || !spans.test(span.name)) return undefined
  const [began, ended] = [fieldOf(span.args[0]), fieldOf(span.args[1])]
  const fields = catalog.models[model]?.fields ?? {}
  const isTime = (field: string | undefined) =>
    field !== undefined && (fields[field]?.type === 'timestamp' || fields[field]?.type === 'date')
  return isTime(began) && isTime(ended) ? { fn: span.name, began: began!, ended: ended! } : undefined
}
