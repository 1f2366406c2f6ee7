import type { Catalog, Field, Metric } from '../../catalog/catalog.ts'
import { parseMeasure } from '../../dsl/text/parse-measure.ts'

/** A numeric field of a model, and how its values are called and written: as the first metric that measures it. */
export interface MeasuredValue {
  readonly model: string
  readonly time: string
  readonly field: string
  readonly subject: Pick<Metric, 'name' | 'measure' | 'label' | 'unit' | 'format' | 'good'>
}

const measures: ReadonlySet<string> = new Set(['sum', 'avg', 'median', 'percentile'])

/** The numeric field of its own rows that a metric adds up, or whose middle it is: `amount` of `sum(amount)`. Of what is held, and of parts of the rows, nothing. */
function readField(catalog: Catalog, { model, measure, overTime }: Metric): Field | undefined {
  const outcome = parseMeasure(measure)
  if (!outcome.ok || outcome.value.kind !== 'call' || overTime) return undefined
  const { name, args, where, over } = outcome.value
  const [value] = args
  if (!measures.has(name) || where || over || value?.kind !== 'path' || value.parts.length !== 1) return undefined
  const field = catalog.models[model]?.fields[value.parts[0]!]
  return field?.type === 'number' && !field.pii && !field.overTime ? field : undefined
}

const lowerFirst = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text)

/** Every field that a metric measures, once, at the time of the first metric that does. */
export function listMeasuredValues(catalog: Catalog): readonly MeasuredValue[] {
  return Object.values(catalog.models).flatMap((model) => {
    const found = new Map<string, MeasuredValue>()
    for (const metric of Object.values(model.metrics)) {
      const field = readField(catalog, metric)
      if (!field || found.has(field.name)) continue
      const { unit, format } = metric
      const label = `${model.label}, ${lowerFirst(field.label)}`
      const subject = { name: `${field.name}_values`, measure: field.name, label, unit, format, good: undefined }
      found.set(field.name, { model: model.name, time: metric.time, field: field.name, subject })
    }
    return [...found.values()]
  })
}
