import type { Catalog, Field, Metric, Model } from '../catalog/catalog.ts'
import { quotePath } from '../dsl/text/quote.ts'
import { createSearch } from './search.ts'

/** Models that a prompt describes at most; a bigger catalog is cut to those nearest to the question. */
const modelsMax = 12
/** Values that a prompt lists of one field. */
const valuesMax = 30

/** The models that a question is most likely about, with those they belong to, in the catalog's order. */
export function chooseModels(catalog: Catalog, question: string): readonly Model[] {
  const models = Object.values(catalog.models)
  if (models.length <= modelsMax) return models
  const chosen = new Set<string>()
  for (const { model } of createSearch(catalog).search(question, 40)) {
    if (chosen.size >= modelsMax) break
    chosen.add(model)
  }
  for (const name of [...chosen])
    for (const { to, cardinality } of Object.values(catalog.models[name]?.relations ?? {}))
      if (cardinality === 'one' && chosen.size < modelsMax) chosen.add(to)
  return models.filter(({ name }) => chosen.has(name))
}

/** Whether prompts may speak of it. */
export const isFieldOpen = ({ hidden, pii }: Field): boolean => !hidden && !pii

/** Text of the catalog's authors, cut to one line. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

function describeField(field: Field): string {
  const about = [
    field.label.toLowerCase() === field.name.replaceAll('_', ' ').toLowerCase() ? undefined : field.label,
    field.description,
    field.unit && `in ${field.unit}`,
    field.synonyms.length > 0 ? `also called ${field.synonyms.join(', ')}` : undefined,
  ].filter((part) => part !== undefined && part !== '')
  return `  ${quotePath([field.name])} ${field.type}${about.length > 0 ? ` — ${oneLine(about.join('; '))}` : ''}`
}

/** The fields that stand in a metric's definition or slices; one that is hidden or personal keeps the metric out of prompts. */
export function isMetricOpen(model: Model, { measure }: Metric): boolean {
  const closed = Object.values(model.fields).filter((field) => !isFieldOpen(field))
  const names = new Set(measure.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [])
  return !closed.some(({ name }) => names.has(name))
}

function describeModel(model: Model, described: ReadonlySet<string>): string {
  const about = [model.description, model.synonyms.length > 0 ? `also called ${model.synonyms.join(', ')}` : undefined]
  const heading = [model.label, ...about].filter((part) => part !== undefined && part !== '').join('; ')
  const relations = Object.values(model.relations).filter(({ to }) => described.has(to))
  const metrics = Object.values(model.metrics).filter((metric) => isMetricOpen(model, metric))
  return [
    `model ${model.name} — ${oneLine(heading)}`,
    ...Object.values(model.fields).filter(isFieldOpen).map(describeField),
    ...relations.map(({ name, to, cardinality }) => `  ${name} → ${cardinality === 'one' ? 'one' : 'many'} ${to}`),
    ...metrics.map(
      ({ name, measure, time, label, description }) =>
        `  metric ${name} = ${oneLine(measure)} over ${time} — ${oneLine([label, description].filter(Boolean).join('; '))}`,
    ),
  ].join('\n')
}

/** Models, fields, relations and metrics for a prompt. Hidden and personal fields, policies, keys and tables are never in it. */
export function describeCatalog(models: readonly Model[]): string {
  const described = new Set(models.map(({ name }) => name))
  return models.map((model) => describeModel(model, described)).join('\n\n')
}

/** Known values of fields, as JSON, one field a line: they come from the data, so they stand apart and are quoted. */
export function describeValues(models: readonly Model[]): string {
  return models
    .flatMap((model) =>
      Object.values(model.fields)
        .filter((field) => isFieldOpen(field) && field.values.length > 0)
        .map((field) => {
          const values = field.values
            .slice(0, valuesMax)
            .map(({ value, label }) => (label === value ? value : { value, label }))
          return `${model.name}.${field.name}: ${JSON.stringify(values)}`
        }),
    )
    .join('\n')
}
