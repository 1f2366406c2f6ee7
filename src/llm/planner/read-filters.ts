import type { Catalog, Field } from '../../catalog/catalog.ts'
import { formatValue, quotePath } from '../../dsl/quote.ts'
import { giveUp } from './intent.ts'
import { findPath, listPaths } from './paths.ts'
import { findMeaning, listModels } from './read-measure.ts'
import type { Compared } from './structure.ts'
import type { Mention } from './tag.ts'

/** A condition and, when its field is reached over relations, how far. */
interface Located {
  readonly path: string
  readonly field: Field
  readonly value: string
  readonly distance: number
}

/** Where a value of the data may stand, seen from `base`: own fields first, then fields of models that it belongs to. */
function locateValue(catalog: Catalog, base: string, mention: Mention): readonly Located[] {
  return findMeaning(mention, 'value')
    .flatMap(({ model, field, value }) =>
      listPaths(catalog, base, 'one')
        .filter((path) => path.model === model)
        .map(({ relations }) => ({
          path: quotePath([...relations, field.name]),
          field,
          value,
          distance: relations.length,
        })),
    )
    .sort((a, b) => a.distance - b.distance)
}

/** The one nearest place of a value; undefined when nothing near holds it. `hint` is a field that the question names beside it. */
export function placeValue(
  catalog: Catalog,
  base: string,
  mention: Mention,
  hints: readonly Mention[],
): Located | undefined {
  const places = locateValue(catalog, base, mention)
  const hinted = places.filter(({ field }) =>
    hints.some((hint) => findMeaning(hint, 'field').some((meaning) => meaning.field.name === field.name)),
  )
  const chosen = hinted.length > 0 ? hinted : places
  const [first, second] = chosen
  if (first && second && second.distance === first.distance)
    return giveUp(`\`${mention.text}\` may be a value of \`${first.path}\` or \`${second.path}\``)
  return first
}

/** Conditions of several values: those of one field become one `in`. */
export function writeValueConditions(placed: readonly Located[]): readonly string[] {
  const byPath = Map.groupBy(placed, ({ path }) => path)
  return [...byPath].map(([path, found]) => {
    const values = [...new Set(found.map(({ value, field }) => formatValue(value, field.type)))]
    return values.length === 1 ? `${path} = ${values[0]}` : `${path} in (${values.join(', ')})`
  })
}

/** The path of a field that a mention means, seen from `base`. */
export function placeField(
  catalog: Catalog,
  base: string,
  mention: Mention,
): { path: string; field: Field } | undefined {
  const places = findMeaning(mention, 'field')
    .flatMap(({ model, field }) =>
      listPaths(catalog, base, 'one')
        .filter((path) => path.model === model)
        .map(({ relations }) => ({ path: quotePath([...relations, field.name]), field, distance: relations.length })),
    )
    .sort((a, b) => a.distance - b.distance)
  const [first, second] = places
  if (first && second && second.distance === first.distance)
    return giveUp(`\`${mention.text}\` may be \`${first.path}\` or \`${second.path}\``)
  return first
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

/** `mrr > 1000`, `count(users) > 10`, `plan != "free"`. */
export function writeComparison(catalog: Catalog, base: string, compared: Compared): string {
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
  if (typeof to === 'number' && listModels(catalog, operand).includes(base))
    return `${findSize(catalog, base)} ${comparison} ${to}`
  const related = typeof to === 'number' ? placeRelated(catalog, base, operand) : undefined
  return related ? `count(${related.path}) ${comparison} ${to}` : giveUp(`\`${operand.text}\` cannot be compared`)
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
