import type { Catalog } from '../../catalog/catalog.ts'
import { quoteName } from '../../dsl/text/quote.ts'
import type { Intent, Key, Measure } from './intent.ts'
import { pluralize } from './words.ts'

const toName = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')

/** The column that a measure becomes: counts are named after what is counted. */
function nameColumn(catalog: Catalog, intent: Intent, measure: Measure): string {
  if (measure.kind === 'count') return toName(pluralize(catalog.models[intent.base]?.label ?? intent.base))
  if (measure.kind === 'metric') return measure.metric.name
  return measure.kind === 'per_row' ? `${measure.fn}_${measure.name.replace(/^n_/, '')}` : measure.name
}

function writeMeasure(measure: Measure): string {
  switch (measure.kind) {
    case 'count':
      return 'count()'
    case 'distinct':
      return `count_distinct(${measure.path})`
    case 'aggregate':
      return `${measure.fn}(${measure.path})`
    case 'metric':
      return measure.metric.measure
    case 'per_row':
      return `${measure.fn}(${quoteName(measure.name)})`
  }
}

function writeKey(key: Key, time: string | undefined): string {
  return key.kind === 'time' ? `${key.grain}(${quoteName(time ?? '')})` : key.path
}

const nameKey = (key: Key): string => (key.kind === 'time' ? key.grain : (key.path.split('.').at(-1) ?? key.path))

/** A ranking is read as bars, also one of months. */
const writeBars = ([key]: readonly Key[], column: string): string | undefined =>
  key && `chart bar ${quoteName(nameKey(key))}, ${quoteName(column)}`

function writeChart(keys: readonly Key[], column: string): string | undefined {
  const time = keys.find(({ kind }) => kind === 'time')
  const paths = keys.filter(({ kind }) => kind === 'path')
  const y = quoteName(column)
  if (keys.length === 0) return `chart number ${y}`
  if (time && paths.length <= 1)
    return `chart line ${[nameKey(time), y].join(', ')}${paths[0] ? ` by ${nameKey(paths[0])}` : ''}`
  const [first, second, third] = paths
  if (time || third || !first) return undefined
  return `chart bar ${[nameKey(first), y].join(', ')}${second ? ` by ${nameKey(second)}` : ''}`
}

function writeRank(rank: NonNullable<Intent['rank']>, column: string): string {
  const by = rank.by ?? quoteName(column)
  return `top ${rank.count} by ${by}${rank.descending ? '' : ' asc'}`
}

const where = (intent: Intent): readonly string[] =>
  intent.conditions.length > 0 ? [`where ${intent.conditions.join(' and ')}`] : []

/** A metric with keys reads `from metric revenue by month, country where …`: the metric brings its own model and time. */
function writeStart(intent: Intent, measure: Measure, column: string): readonly string[] {
  const { base, keys, time } = intent
  if (measure.kind === 'metric' && time === measure.metric.time) {
    const by = keys.map((key) => (key.kind === 'time' ? key.grain : key.path)).join(', ')
    const start = `from metric ${quoteName(column)}${by === '' ? '' : ` by ${by}`}`
    return [[start, ...where(intent)].join(' ')]
  }
  const add =
    measure.kind === 'per_row'
      ? [`add ${quoteName(measure.name)} = ${measure.inner}${measure.inner.startsWith('sum(') ? ' ?? 0' : ''}`]
      : []
  const grouping = keys.length > 0 ? `by ${keys.map((key) => writeKey(key, time)).join(', ')}` : 'all'
  return [
    `from ${quoteName(base)}`,
    ...where(intent),
    ...add,
    `group ${grouping}: ${quoteName(column)} = ${writeMeasure(measure)}`,
  ]
}

/** The exploration that an intent reads as, one step a line. */
export function writeExploration(catalog: Catalog, intent: Intent): string {
  const { measure, rank, base } = intent
  if (!measure) {
    const shown = intent.show.length > 0 ? [`show ${intent.show.join(', ')}`] : []
    return [`from ${quoteName(base)}`, ...where(intent), ...(rank ? [writeRank(rank, '')] : []), ...shown].join('\n')
  }
  const column = nameColumn(catalog, intent, measure)
  const name = quoteName(column)
  const growth = intent.growth ? [`add growth = ${name} / previous(${name}) - 1`] : []
  const share = intent.share ? [`add share = ${name} / total(${name})`] : []
  const ranked = rank ? [writeRank({ ...rank, by: undefined }, column)] : []
  const shown = intent.growth ? 'growth' : intent.share ? 'share' : column
  const chart = rank ? writeBars(intent.keys, shown) : writeChart(intent.keys, shown)
  return [...writeStart(intent, measure, column), ...ranked, ...growth, ...share, ...(chart ? [chart] : [])].join('\n')
}
