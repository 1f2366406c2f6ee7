import { expectAccepted } from '../../../src/base/diagnostic.ts'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import { parseCatalog } from '../../../src/catalog/parse-catalog.ts'
import type { FieldText, ModelText, RelationText } from './catalog-text.ts'
import { columnOf, type Entity, type Measure, type SemanticModel } from './read-manifest.ts'
import { type Kind, rowKey, type Tables } from './tables.ts'

export interface Facts {
  readonly tables: Tables
  /** Whether no two rows of a table are the same in these columns. */
  readonly isUnique: (table: string, columns: readonly string[]) => Promise<boolean>
}

const fieldTypes: Readonly<Record<Kind, FieldText['type']>> = {
  TIME: 'timestamp',
  STRING: 'text',
  INT: 'number',
  FLOAT: 'number',
  BOOLEAN: 'boolean',
}

const aggregates: Readonly<Record<string, string>> = {
  sum: 'sum',
  min: 'min',
  max: 'max',
  average: 'avg',
  count_distinct: 'count_distinct',
  median: 'median',
}

const partitionsOf = ({ dimensions = [] }: SemanticModel) =>
  dimensions.filter(({ is_partition: isPartition }) => isPartition).map(columnOf)

/**
 * Relations between two models that share an entity: to one where it tells the rows of the other apart, within a partition where both have
 * it, or at a time where it is natural there; and back to many.
 */
async function relate(from: SemanticModel, to: SemanticModel, { isUnique }: Facts) {
  const found: { readonly entity: Entity; readonly relation: RelationText }[] = []
  for (const entity of from.entities ?? []) {
    const other = to.entities?.find(({ name, type }) => name === entity.name && type !== 'foreign')
    if (!other) continue
    const partitions = partitionsOf(to).filter((column) => partitionsOf(from).includes(column))
    const shared = Object.fromEntries(partitions.map((column) => [column, column]))
    const pairs = { [columnOf(entity)]: columnOf(other), ...shared }
    const valid = to.dimensions?.filter(({ type_params: params }) => params?.validity_params).map(columnOf)
    if (other.type === 'natural' && valid?.length === 2) {
      found.push({ entity, relation: { to: to.name, one: pairs, valid } })
      continue
    }
    const toOne = await isUnique(to.node_relation.alias, Object.values(pairs))
    found.push({ entity, relation: { to: to.name, [toOne ? 'one' : 'many']: pairs } })
  }
  return found
}

/** Rows of others that share an entity with a row of this model, as the buys of a visit's user. */
function* listBack(model: SemanticModel, all: readonly SemanticModel[]) {
  for (const other of all)
    for (const entity of other.entities ?? []) {
      const own = model.entities?.find(({ name }) => name === entity.name)
      if (other === model || !own || entity.type !== 'foreign') continue
      const relation: RelationText = { to: other.name, many: { [columnOf(own)]: columnOf(entity) } }
      yield { entity, relation }
    }
}

/** A measure that adds up one column, or counts rows, over a time of its model. */
function translateMeasure(measure: Measure, model: SemanticModel, columns: ReadonlyMap<string, Kind>) {
  const time = measure.agg_time_dimension ?? model.defaults?.agg_time_dimension
  const dimension = model.dimensions?.find(({ name }) => name === time)
  const expr = String(measure.expr ?? measure.name)
  if (!dimension || measure.non_additive_dimension || columns.get(columnOf(dimension)) !== 'TIME') return undefined
  if (measure.agg === 'sum' && expr === '1') return { measure: 'count()', time: columnOf(dimension) }
  const aggregate = aggregates[measure.agg]
  if (aggregate === undefined || !columns.has(expr)) return undefined
  return { measure: `${aggregate}(${expr})`, time: columnOf(dimension) }
}

async function translateModel(model: SemanticModel, all: readonly SemanticModel[], facts: Facts): Promise<ModelText> {
  const columns = facts.tables.get(model.node_relation.alias) ?? []
  const relations: Record<string, RelationText> = {}
  const place = (entity: Entity, relation: RelationText) => {
    const name = relations[relation.to] ? `${entity.name}_${relation.to}` : relation.to
    relations[name] ??= relation
  }
  for (const other of all) {
    if (other === model) continue
    for (const { entity, relation } of await relate(model, other, facts)) place(entity, relation)
  }
  for (const { entity, relation } of listBack(model, all)) place(entity, relation)
  for (const [column, kind] of columns)
    if (kind === 'TIME') relations[`${column}_calendar`] = { to: 'time_spine', one: { [column]: 'ds' } }
  const kinds = new Map(columns)
  const metrics = (model.measures ?? []).map((one) => [one.name, translateMeasure(one, model, kinds)] as const)
  return {
    table: `mf.${model.node_relation.alias}`,
    key: rowKey,
    fields: Object.fromEntries(columns.map(([name, kind]) => [name, { type: fieldTypes[kind] }])),
    relations,
    metrics: Object.fromEntries(metrics.filter(([, metric]) => metric !== undefined)),
  }
}

/** The catalog that a semantic manifest stands for, with the calendars of the set as models of their own. */
export async function translateManifest(manifest: readonly SemanticModel[], facts: Facts): Promise<Catalog> {
  const models: Record<string, ModelText> = {}
  for (const model of manifest) models[model.name] = await translateModel(model, manifest, facts)
  for (const [name, key] of [
    ['time_spine', 'ds'],
    ['time_spine_hour', 'ts'],
  ] as const) {
    const columns = facts.tables.get(`mf_${name}`) ?? []
    const fields = Object.fromEntries(columns.map(([column, kind]) => [column, { type: fieldTypes[kind] }]))
    models[name] = { table: `mf.mf_${name}`, key, fields, relations: {}, metrics: {} }
  }
  return expectAccepted(parseCatalog([{ name: 'manifest.yaml', text: JSON.stringify({ models }) }]))
}
