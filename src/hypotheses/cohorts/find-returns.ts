import type { Catalog, Metric, Model } from '../../catalog/catalog.ts'

/** Things that begin (accounts, users) and come back: what they do are rows of another model. */
export interface Returning {
  readonly model: string
  /** Field of the time at which one began. */
  readonly began: string
  /** Path of relations from one to what it did. */
  readonly path: readonly string[]
  /** Model of what it did, and its time. */
  readonly events: string
  readonly time: string
  /** Fields of the metrics that count beginnings, by which they are cut; as the catalog lists them. */
  readonly fields: readonly string[]
  /** How it is called and written in findings, as a metric is. */
  readonly subject: Pick<Metric, 'name' | 'measure' | 'label' | 'unit' | 'format' | 'good'>
}

const relationsMax = 3
const beginners: ReadonlySet<string> = new Set(['account', 'user'])

/** All accounts and users of a catalog that have a time of beginning and, over relations, events with a time. */
export const listReturns = (catalog: Catalog): readonly Returning[] =>
  Object.values(catalog.models).flatMap((model): Returning[] => {
    const began = model.semantics?.created
    if (!model.semantics || !beginners.has(model.semantics.kind) || began === undefined) return []
    const found = findEvents(catalog, model)
    if (!found) return []
    const counted = Object.values(model.metrics).filter(({ time }) => time === began)
    return [
      {
        ...found,
        model: model.name,
        began,
        fields: [...new Set(counted.flatMap(({ slices }) => slices))],
        subject: {
          name: `${model.name}_retention`,
          measure: 'retained / cohort_size',
          label: `${model.label} retention`,
          unit: undefined,
          format: 'percent',
          good: 'up',
        },
      },
    ]
  })

/** The shortest way over relations to events. */
function findEvents(catalog: Catalog, from: Model): Pick<Returning, 'path' | 'events' | 'time'> | undefined {
  let open = [{ path: [] as readonly string[], model: from }]
  const seen = new Set([from.name])
  for (let length = 0; length < relationsMax; length++) {
    const next: typeof open = []
    for (const { path, model } of open)
      for (const { name, to, cardinality } of Object.values(model.relations)) {
        const other = catalog.models[to]
        if (!other || cardinality !== 'many' || seen.has(to)) continue
        seen.add(to)
        const { kind, time } = other.semantics ?? {}
        if (kind === 'event' && time !== undefined) return { path: [...path, name], events: to, time }
        next.push({ path: [...path, name], model: other })
      }
    open = next
  }
  return undefined
}
