import type { Field, Funnel, Metric, Model, Relation } from './catalog.ts'
import type { ModelText } from './schema.ts'

type RelationText = ModelText['relations'][string]
type ColumnsText = NonNullable<RelationText['one']>

/** A label made from a name: `created_at` becomes `Created at`. */
export function humanizeName(name: string): string {
  const words = name.replace(/_+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const listKey = (key: ModelText['key']): readonly string[] => (typeof key === 'string' ? [key] : key)

/**
 * Physical columns that a relation pairs: `one` names columns here against the other model's key, `many` columns there against
 * this model's key; a map names both, this side first. Undefined when a list is not as long as the key.
 */
export function pairColumns(
  relation: RelationText,
  ownKey: readonly string[],
  otherKey: readonly string[],
): Relation['pairs'] | undefined {
  const { one, many } = relation
  if (one !== undefined) return pairWithKey(one, otherKey, (column, key) => ({ own: column, other: key }))
  if (many !== undefined) return pairWithKey(many, ownKey, (column, key) => ({ own: key, other: column }))
  return []
}

type Pair = Relation['pairs'][number]

function pairWithKey(
  columns: ColumnsText,
  key: readonly string[],
  pair: (column: string, key: string) => Pair,
): readonly Pair[] | undefined {
  if (typeof columns === 'object' && !Array.isArray(columns))
    return Object.entries(columns).map(([own, other]) => ({ own, other }))
  const list = typeof columns === 'string' ? [columns] : columns
  if (list.length !== key.length) return undefined
  return list.map((column, index) => pair(column, key[index] ?? ''))
}

/** A checked model with its defaults; `keys` are the keys of all models by name. */
export function buildModel(name: string, text: ModelText, keys: Readonly<Record<string, readonly string[]>>): Model {
  const key = listKey(text.key)
  return {
    name,
    source: text.sql === undefined ? { table: text.table ?? name } : { sql: text.sql },
    key,
    label: text.label ?? humanizeName(name),
    description: text.description,
    synonyms: text.synonyms,
    fields: mapEntries(text.fields, buildField),
    relations: mapEntries(text.relations, (relationName, relation) => ({
      name: relationName,
      label: relation.label ?? humanizeName(relationName),
      to: relation.to,
      cardinality: relation.one === undefined ? 'many' : 'one',
      pairs: pairColumns(relation, key, keys[relation.to] ?? []) ?? [],
      valid: relation.valid,
      through: relation.through,
    })),
    semantics: text.semantics && {
      kind: text.semantics.kind,
      name: text.semantics.name,
      created: text.semantics.created,
      time: text.semantics.time,
    },
    metrics: mapEntries(text.metrics, (metricName, metric) => buildMetric(name, metricName, metric)),
    ...(Object.keys(text.funnels).length > 0 && {
      funnels: mapEntries(text.funnels, (funnelName, funnel) => buildFunnel(name, funnelName, funnel, text)),
    }),
    portrait: text.portrait,
    policies: text.policies,
    explorations: text.explorations,
  }
}

function buildField(name: string, field: ModelText['fields'][string]): Field {
  const { values = [] } = field
  const pairs = Array.isArray(values) ? values.map((value) => [value, value] as const) : Object.entries(values)
  return {
    name,
    column: field.column ?? name,
    type: field.type,
    label: field.label ?? humanizeName(name),
    description: field.description,
    synonyms: field.synonyms,
    unit: field.unit,
    values: pairs.map(([value, label]) => ({ value, label })),
    hidden: field.hidden,
    pii: field.pii,
    ...(field.over_time === undefined ? {} : { overTime: field.over_time }),
  }
}

function buildMetric(model: string, name: string, metric: ModelText['metrics'][string]): Metric {
  return {
    name,
    model,
    label: metric.label ?? humanizeName(name),
    description: metric.description,
    synonyms: metric.synonyms,
    measure: metric.measure,
    time: metric.time,
    good: metric.good,
    slices: metric.slices,
    unit: metric.unit,
    format: metric.format,
    ...(metric.over_time === undefined ? {} : { overTime: metric.over_time }),
    ...(metric.goals.length === 0
      ? {}
      : { goals: metric.goals.map(({ value, period, from }) => ({ value, period, from })) }),
  }
}

const daysOf = (length: string): number => Number.parseInt(length, 10) * (length.includes('week') ? 7 : 1)

function buildFunnel(
  model: string,
  name: string,
  funnel: ModelText['funnels'][string],
  { semantics }: Pick<ModelText, 'semantics'>,
): Funnel {
  return {
    name,
    model,
    label: funnel.label ?? humanizeName(name),
    time: funnel.time ?? semantics?.created ?? '',
    path: funnel.events.split('.'),
    stages: funnel.stages.map((stage) => (typeof stage === 'string' ? { event: stage } : stage)),
    withinDays: daysOf(funnel.within),
  }
}

function mapEntries<A, B>(
  record: Readonly<Record<string, A>>,
  map: (name: string, value: A) => B,
): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(name, value)]))
}
