import type { Catalog, Field } from '../../catalog/catalog.ts'
import { formatValue, quotePath } from '../../dsl/text/quote.ts'
import { giveUp } from './intent.ts'
import { findMeaning, listModels } from './mentions.ts'
import { findPath, listPaths } from './paths.ts'
import type { Compared } from './structure.ts'
import type { Mention } from './tag.ts'

/** A field as it is reached from a base, and over how many relations. */
interface Place {
  readonly path: string
  readonly field: Field
  readonly distance: number
}

interface ValuePlace extends Place {
  readonly value: string
}

/** Places of fields that a mention means, seen from `base`: own fields first, then those of models that a row belongs to. */
function listPlaces(catalog: Catalog, base: string, model: string, field: Field): readonly Place[] {
  return listPaths(catalog, base, 'one')
    .filter((path) => path.model === model)
    .map(({ relations }) => ({ path: quotePath([...relations, field.name]), field, distance: relations.length }))
}

/** The nearest place. Of several at one distance, the one that the catalog slices the model's metrics by; else nobody can tell. */
function chooseNearest<P extends Place>(
  catalog: Catalog,
  base: string,
  text: string,
  places: readonly P[],
): P | undefined {
  const distance = Math.min(...places.map((place) => place.distance))
  const [first, ...others] = places.filter((place) => place.distance === distance)
  if (others.every(({ path }) => path === first?.path)) return first
  const slices = new Set(Object.values(catalog.models[base]?.metrics ?? {}).flatMap((metric) => metric.slices))
  const sliced = places.filter((place) => place.distance === distance && slices.has(place.path))
  const [only, second] = sliced
  if (only && !second) return only
  return giveUp(`\`${text}\` may be of ${[first, ...others].map((place) => `\`${place?.path}\``).join(' or ')}`)
}

/** The one nearest place of a value; undefined when nothing near holds it. `hints` are fields that the question names beside it. */
export function placeValue(
  catalog: Catalog,
  base: string,
  mention: Mention,
  hints: readonly Mention[],
): ValuePlace | undefined {
  const places = findMeaning(mention, 'value').flatMap(({ model, field, value }) =>
    listPlaces(catalog, base, model, field).map((place): ValuePlace => ({ ...place, value })),
  )
  const hinted = places.filter(({ field }) =>
    hints.some((hint) => findMeaning(hint, 'field').some((meaning) => meaning.field.name === field.name)),
  )
  return chooseNearest(catalog, base, mention.text, hinted.length > 0 ? hinted : places)
}

/** Conditions of several values: those of one field become one `in`. */
export function writeValueConditions(placed: readonly ValuePlace[]): readonly string[] {
  const byPath = Map.groupBy(placed, ({ path }) => path)
  return [...byPath].map(([path, found]) => {
    const values = [...new Set(found.map(({ value, field }) => formatValue(value, field.type)))]
    return values.length === 1 ? `${path} = ${values[0]}` : `${path} in (${values.join(', ')})`
  })
}

/** The path of a field that a mention means, seen from `base`. */
export function placeField(catalog: Catalog, base: string, mention: Mention): Place | undefined {
  const places = findMeaning(mention, 'field').flatMap(({ model, field }) => listPlaces(catalog, base, model, field))
  return chooseNearest(catalog, base, mention.text, places)
}

/** What a breakdown is by: a field, or a model that the rows belong to. */
export function placeKey(catalog: Catalog, base: string, mention: Mention): { path: string; name: string } {
  const field = placeField(catalog, base, mention)
  const isTime = field && (field.field.type === 'timestamp' || field.field.type === 'date')
  if (field && !isTime) return { path: field.path, name: field.field.name }
  for (const { model, relation } of findMeaning(mention, 'relation'))
    if (model === base && catalog.models[base]?.relations[relation]?.cardinality === 'one')
      return { path: quotePath([relation]), name: relation }
  for (const model of listModels(catalog, mention)) {
    const path = model === base ? undefined : findPath(catalog, base, model, 'one')
    if (path) return { path: quotePath(path.relations), name: path.relations.at(-1) ?? model }
  }
  return giveUp(`a row of \`${base}\` has no one \`${mention.text}\``)
}

/** `mrr > 1000`, `plan != "free"`, about the own row; undefined when related rows are to be counted. */
export function writeComparison(catalog: Catalog, base: string, compared: Compared): string | undefined {
  const { operand, comparison, to } = compared
  if (typeof to === 'object') {
    const place = placeValue(catalog, base, to, [operand])
    return place
      ? `${place.path} ${comparison} ${formatValue(place.value, place.field.type)}`
      : giveUp(`\`${to.text}\` is no value near \`${base}\``)
  }
  const field = placeField(catalog, base, operand)
  if (field && (typeof to === 'string') === (field.field.type === 'text'))
    return `${field.path} ${comparison} ${formatValue(to, field.field.type)}`
  if (typeof to === 'string') return giveUp(`\`${operand.text}\` cannot be compared with a text`)
  return listModels(catalog, operand).includes(base) ? `${findSize(catalog, base)} ${comparison} ${to}` : undefined
}

/** The field that says how big a row is, for "largest invoices": the only number with a unit, or the only number. */
export function findSize(catalog: Catalog, base: string): string {
  const numbers = Object.values(catalog.models[base]?.fields ?? {}).filter(
    ({ type, hidden }) => type === 'number' && !hidden,
  )
  const [only, second] = numbers.some(({ unit }) => unit) ? numbers.filter(({ unit }) => unit) : numbers
  return only && !second ? quotePath([only.name]) : giveUp(`it is not clear which size of \`${base}\` is meant`)
}

/** The to-many path from `base` that a mention means. */
export function placeRelated(
  catalog: Catalog,
  base: string,
  mention: Mention,
): { path: string; model: string } | undefined {
  for (const { model, relation } of findMeaning(mention, 'relation')) {
    const found = model === base ? catalog.models[base]?.relations[relation] : undefined
    if (found?.cardinality === 'many') return { path: quotePath([relation]), model: found.to }
  }
  for (const model of listModels(catalog, mention)) {
    const path = findPath(catalog, base, model, 'many')
    if (path) return { path: quotePath(path.relations), model }
  }
  return undefined
}
