import type { Catalog } from '../../catalog/catalog.ts'
import type { Meaning } from './lexicon.ts'
import type { Mention } from './tag.ts'

/** The meanings of one kind. */
export const findMeaning = <K extends Meaning['kind']>(
  mention: Mention,
  kind: K,
): readonly Extract<Meaning, { kind: K }>[] =>
  mention.meanings.filter((meaning): meaning is Extract<Meaning, { kind: K }> => meaning.kind === kind)

/** Models that a mention names: directly, or by a relation that leads there. */
export function listModels(catalog: Catalog, mention: Mention): readonly string[] {
  const direct = findMeaning(mention, 'model').map(({ model }) => model)
  if (direct.length > 0) return direct
  const targets = findMeaning(mention, 'relation').flatMap(
    ({ model, relation }) => catalog.models[model]?.relations[relation]?.to ?? [],
  )
  return [...new Set(targets)]
}

/** Whether one of `value`'s meanings is a value of the field that `field` names: `enterprise` and `plan`. */
export const isValueOf = (value: Mention, field: Mention | undefined): boolean =>
  value.meanings.some(
    (one) =>
      one.kind === 'value' &&
      field?.meanings.some((other) => other.kind === 'field' && other.field.name === one.field.name),
  )
