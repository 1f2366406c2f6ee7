import type { Catalog, Field, Metric } from '../../catalog/catalog.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import { giveUp, type Measure } from './intent.ts'
import { findMeaning, listModels } from './mentions.ts'
import { findPath } from './paths.ts'
import { findSize } from './read-filters.ts'
import type { Structure } from './structure.ts'
import type { Mention } from './tag.ts'
import { findTimeField } from './time-field.ts'
import { pluralize } from './words.ts'

/** The measure of a question, the model whose rows it is over, and the mentions that said so. */
export interface MeasureReading {
  readonly base: string
  readonly measure: Measure | undefined
  readonly used: readonly Mention[]
  /** For a measure per row: what the inner aggregate reads. */
  readonly inner: { readonly model: string; readonly time: string | undefined } | undefined
  /** How much of a guess it is, 0..1. */
  readonly doubt: number
  /** The same, should a measure per row be cut by time: whose time is then meant? */
  readonly perRowDoubt: number
}

const readMetric = (mention: Mention): Metric | undefined => {
  const metrics = findMeaning(mention, 'metric')
  return metrics.length === 1 ? metrics[0]?.metric : undefined
}

interface NumericField {
  readonly model: string
  readonly field: Field
  readonly doubt: number
}

/** The number field that a mention means: of a model that the question also names, or the only one there is. */
function readNumericField(catalog: Catalog, mention: Mention, named: readonly string[]): NumericField | undefined {
  const fields = findMeaning(mention, 'field').filter(({ field }) => field.type === 'number')
  const own = fields.filter(({ model }) => named.includes(model))
  const chosen = own.length > 0 ? own : fields
  if (chosen.length > 1) {
    const reaching = chosen.filter(({ model }) => named.some((name) => findPath(catalog, model, name, 'one')))
    if (own.length === 0 && reaching.length === 1 && reaching[0])
      return { model: reaching[0].model, field: reaching[0].field, doubt: 0.1 }
    return giveUp(`\`${mention.text}\` may be a field of ${chosen.map(({ model }) => `\`${model}\``).join(' or ')}`)
  }
  const [first] = chosen
  return first && { model: first.model, field: first.field, doubt: 0 }
}

const isAdditive = (metric: Metric): boolean => /^\s*(sum|count|count_distinct)\s*\(/.test(metric.measure)

/** `sum(amount where status = "paid")` over `invoices` is `sum(invoices.amount where status = "paid")`: conditions stay the other model's. */
function moveMeasure(measure: string, relations: readonly string[]): string | undefined {
  const path = quotePath(relations)
  const count = /^count\(\s*(where\s.+)?\)$/s.exec(measure)
  if (count && !measure.slice(6).includes('(')) return `count(${[path, count[1]].filter(Boolean).join(' ')})`
  const other = /^(sum|avg|min|max|median|count_distinct)\(\s*([\p{L}_][\p{L}\p{N}_]*)(\s+where\s[^()]+)?\)$/u.exec(
    measure,
  )
  return other ? `${other[1]}(${path}.${other[2]}${other[3] ?? ''})` : undefined
}

/** `average number of users per account`: the inner aggregate over related rows, then `fn` over the rows. */
function readPerRow(
  catalog: Catalog,
  structure: Structure,
  own: MeasureReading,
  fn: string,
): MeasureReading | undefined {
  const by = structure.by.find((mention) => listModels(catalog, mention).some((model) => model !== own.base))
  const outer = by && listModels(catalog, by).filter((model) => findPath(catalog, model, own.base, 'many'))
  const [base] = outer ?? []
  if (!by || !outer || outer.length !== 1 || !base || !own.measure) return undefined
  const path = findPath(catalog, base, own.base, 'many')
  if (!path) return undefined
  const relations = quotePath(path.relations)
  const inner =
    own.measure.kind === 'count'
      ? `count(${relations})`
      : own.measure.kind === 'metric'
        ? moveMeasure(own.measure.metric.measure, path.relations)
        : own.measure.kind === 'aggregate'
          ? `sum(${relations}.${own.measure.path})`
          : undefined
  if (!inner) return undefined
  const name = own.measure.kind === 'count' ? `n_${path.relations.at(-1)}` : nameMeasure(own.measure, own.base)
  return {
    base,
    measure: { kind: 'per_row', fn, inner, name },
    used: [...own.used, by],
    inner: {
      model: own.base,
      time: own.measure.kind === 'metric' ? own.measure.metric.time : findTimeField(catalog, own.base),
    },
    doubt: own.doubt,
    perRowDoubt: own.measure.kind === 'count' ? 0 : 0.3,
  }
}

export function nameMeasure(measure: Measure, base: string): string {
  switch (measure.kind) {
    case 'count':
      return base
    case 'metric':
      return measure.metric.name
    case 'per_row':
      return `${measure.fn}_${measure.name}`
    default:
      return measure.name
  }
}

function readField(catalog: Catalog, structure: Structure, mention: Mention, fn: string, doubt: number) {
  const named = [...structure.subjects, ...structure.by].flatMap((other) => listModels(catalog, other))
  const found = readNumericField(catalog, mention, named)
  if (!found) return undefined
  const path = quoteName(found.field.name)
  const name = fn === 'sum' ? `total_${found.field.name}` : `${fn}_${found.field.name}`
  const measure: Measure = { kind: 'aggregate', fn, path, name }
  // What subscriptions hold holds for a while: adding up those that ended is seldom meant.
  const isInterval = fn === 'sum' && catalog.models[found.model]?.semantics?.kind === 'subscription'
  const doubts = doubt + found.doubt + (isInterval ? 0.3 : 0)
  return { base: found.model, measure, used: [mention], inner: undefined, doubt: doubts, perRowDoubt: 0 }
}

function readCount(catalog: Catalog, structure: Structure, mention: Mention): MeasureReading | undefined {
  if (structure.distinct) {
    const [field, second] = findMeaning(mention, 'field').filter(({ field: { type } }) => type === 'text')
    if (field && !second) {
      const measure: Measure = {
        kind: 'distinct',
        path: quoteName(field.field.name),
        name: `n_${pluralize(field.field.name)}`,
      }
      return { base: field.model, measure, used: [mention], inner: undefined, doubt: 0, perRowDoubt: 0 }
    }
  }
  const [base, second] = listModels(catalog, mention)
  const count = { measure: { kind: 'count' }, inner: undefined, doubt: 0, perRowDoubt: 0 } as const
  if (base && !second) return { ...count, base, used: [mention] }
  // `how many admins`: rows that hold a value, where nothing else is named that could be counted.
  if (structure.subjects.some((other) => listModels(catalog, other).length > 0)) return undefined
  const holders = [...new Set(findMeaning(mention, 'value').map(({ model }) => model))]
  return holders.length === 1 && holders[0] ? { ...count, base: holders[0], used: [] } : undefined
}

function readMetricMeasure(metric: Metric, mention: Mention): MeasureReading {
  return {
    base: metric.model,
    measure: { kind: 'metric', metric },
    used: [mention],
    inner: undefined,
    doubt: 0,
    perRowDoubt: 0,
  }
}

/** One mention as a measure, with the aggregate and counting words of the question. */
function readMention(catalog: Catalog, structure: Structure, mention: Mention): MeasureReading | undefined {
  const { fn, counts } = structure
  const metric = readMetric(mention)
  if (counts) {
    const count = readCount(catalog, structure, mention) ?? (metric && readMetricMeasure(metric, mention))
    if (!fn || fn === 'sum') return count
    // `average number of users per account`, `average number of employees`.
    return (count && readPerRow(catalog, structure, count, fn)) ?? readField(catalog, structure, mention, fn, 0)
  }
  if (fn && fn !== 'sum') {
    const whole =
      (metric && isAdditive(metric) ? readMetricMeasure(metric, mention) : undefined) ??
      readCount(catalog, structure, mention)
    const perRow = whole && readPerRow(catalog, structure, whole, fn)
    if (perRow) return perRow
    const field = readField(catalog, structure, mention, fn, 0)
    if (field) return field
    return metric?.measure.startsWith(`${fn}(`) ? readMetricMeasure(metric, mention) : undefined
  }
  if (metric) return readMetricMeasure(metric, mention)
  const field = readField(catalog, structure, mention, 'sum', fn === 'sum' ? 0 : 0.2)
  if (field) return field
  return fn === 'sum' ? readCount(catalog, structure, mention) : undefined
}

/** `how much did we invoice`: the model's amount, added up. */
function readAmount(catalog: Catalog, structure: Structure): MeasureReading {
  for (const mention of structure.subjects) {
    const metric = readMetric(mention)
    if (metric && !/^count/.test(metric.measure)) return readMetricMeasure(metric, mention)
    const field = readField(catalog, structure, mention, 'sum', 0)
    if (field) return field
    const [base, second] = listModels(catalog, mention)
    if (!base || second) continue
    const path = findSize(catalog, base)
    const measure: Measure = { kind: 'aggregate', fn: 'sum', path, name: `total_${path}` }
    return { base, measure, used: [mention], inner: undefined, doubt: 0.1, perRowDoubt: 0 }
  }
  return giveUp('it is not clear how much of what')
}

/** The measure that a question asks for; without one, undefined when rows are asked for. */
export function readMeasure(catalog: Catalog, structure: Structure): MeasureReading | undefined {
  const { rank, subjects } = structure
  if (rank?.by === 'measure' && rank.measure) {
    const found =
      readMention(catalog, structure, rank.measure) ??
      readMention(catalog, { ...structure, counts: true }, rank.measure)
    return found ?? giveUp(`\`${rank.measure.text}\` is nothing that can be ranked by`)
  }
  if (structure.amount && !structure.fn) return readAmount(catalog, structure)
  if (structure.counts || structure.fn) {
    for (const mention of subjects) {
      const found = readMention(catalog, structure, mention)
      if (found) return found
    }
    return giveUp('it is not clear what is to be counted or added up')
  }
  const isBroken =
    structure.by.length > 0 || structure.grain !== undefined || structure.trend || structure.growth || structure.share
  const isMeasured = isBroken || (structure.range !== undefined && !structure.list)
  for (const mention of subjects) {
    const metric = readMetric(mention)
    // `tickets` is both the metric and the rows: rows, unless they are cut or bounded in time.
    if (metric && (isMeasured || listModels(catalog, mention).length === 0)) return readMetricMeasure(metric, mention)
  }
  const nouns = subjects.filter((mention) => listModels(catalog, mention).length === 1)
  if (nouns.length === 0) {
    const field = subjects.map((mention) => readMention(catalog, structure, mention)).find((found) => found)
    if (field) return field
  }
  const [noun] = nouns
  if (!noun) return undefined
  if (isBroken) return readCount(catalog, structure, noun)
  return undefined
}
