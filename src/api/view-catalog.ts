import type { Catalog, Field, Model } from '../catalog/catalog.ts'

const isOpen = ({ hidden, pii }: Field): boolean => !hidden && !pii

const mapValues = <T, R>(values: Readonly<Record<string, T>>, view: (value: T) => R): Readonly<Record<string, R>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, view(value)]))

const pick = <T>(values: Readonly<Record<string, T>>, isKept: (value: T) => boolean): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => isKept(value)))

function viewModel({ name, label, description, synonyms, fields, relations, metrics, funnels, explorations }: Model) {
  return {
    name,
    label,
    description,
    synonyms,
    fields: mapValues(pick(fields, isOpen), ({ column: _, hidden: __, pii: ___, ...field }) => field),
    relations: mapValues(relations, ({ name: relation, label: text, to, cardinality }) => ({
      name: relation,
      label: text,
      to,
      cardinality,
    })),
    metrics,
    ...(funnels && { funnels }),
    explorations,
  }
}

/** The catalog as others may see it: without hidden and personal fields, physical names, keys and policies. */
export const viewCatalog = ({ models, calendar, events }: Catalog) => ({
  models: mapValues(models, viewModel),
  calendar,
  events,
})
