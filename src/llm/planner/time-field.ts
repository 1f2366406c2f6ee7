import type { Catalog } from '../../catalog/catalog.ts'
import { findMeaning } from './mentions.ts'
import type { Mention } from './tag.ts'

/** The time field of `model` that a mention names: `paid` of `paid_at`. */
export function readTimeField(mention: Mention, model: string): string | undefined {
  const found = findMeaning(mention, 'field').find(
    (meaning) => meaning.model === model && (meaning.field.type === 'timestamp' || meaning.field.type === 'date'),
  )
  return found?.field.name
}

/** Whether every row has this time: only what says when a row came to be does. */
export function isAlwaysSet(catalog: Catalog, name: string, time: string): boolean {
  const { semantics, fields } = catalog.models[name] ?? {}
  if (semantics?.created === time || semantics?.time === time) return true
  return Object.values(fields ?? {}).filter(({ type }) => type === 'timestamp' || type === 'date').length === 1
}

/** The time field that counts when a question names none: by the model's semantics, its metrics, or the only one there is. */
export function findTimeField(catalog: Catalog, name: string): string | undefined {
  const model = catalog.models[name]
  const semantics = model?.semantics
  const declared =
    semantics?.kind === 'account' || semantics?.kind === 'user'
      ? (semantics.created ?? semantics.time)
      : (semantics?.time ?? semantics?.created)
  if (declared) return declared
  const times = new Set(Object.values(model?.metrics ?? {}).map(({ time }) => time))
  if (times.size === 1) return [...times][0]
  const fields = Object.values(model?.fields ?? {}).filter(
    ({ type, hidden }) => !hidden && (type === 'timestamp' || type === 'date'),
  )
  if (fields.length === 1) return fields[0]?.name
  return fields.find(({ name: field }) => field === 'created_at' || field === 'created_on')?.name
}
