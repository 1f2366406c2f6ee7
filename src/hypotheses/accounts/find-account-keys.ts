import type { Catalog, Field, Metric, Model } from '../../catalog/catalog.ts'
import type { MeasureShape } from '../series/measure-shape.ts'

const relationsMax = 3

/**
 * Paths from a metric's model to the key of the account behind a row and, where the catalog has one that is not personal, to its name. Undefined where
 * there is no account, where its key is not a single field or is personal, and where each row is an account that is only counted.
 */
export function findAccountKeys(
  catalog: Catalog,
  metric: Pick<Metric, 'model'>,
  shape: Pick<MeasureShape, 'kind'>,
): readonly string[] | undefined {
  const path = findPath(catalog, metric.model)
  if (!path || (path.steps.length === 0 && shape.kind !== 'amount')) return undefined
  const { steps, model } = path
  const key = Object.values(model.fields).find(({ column }) => model.key.length === 1 && column === model.key[0])
  if (!key || key.pii) return undefined
  const name = model.semantics?.name === undefined ? undefined : model.fields[model.semantics.name]
  const isTold = (field: Field | undefined): field is Field => field !== undefined && !field.pii && field !== key
  const fields = isTold(name) ? [key, name] : [key]
  return fields.map((field) => [...steps, field.name].join('.'))
}

/** The shortest way over relations to one row each. */
export function findPath(
  catalog: Catalog,
  from: string,
  kind: 'account' | 'user' = 'account',
): { readonly steps: readonly string[]; readonly model: Model } | undefined {
  let open = [{ steps: [] as readonly string[], name: from }]
  const seen = new Set([from])
  for (let length = 0; length <= relationsMax; length++) {
    const next: typeof open = []
    for (const { steps, name } of open) {
      const model = catalog.models[name]
      if (model?.semantics?.kind === kind) return { steps, model }
      for (const relation of Object.values(model?.relations ?? {})) {
        if (relation.cardinality !== 'one' || seen.has(relation.to)) continue
        seen.add(relation.to)
        next.push({ steps: [...steps, relation.name], name: relation.to })
      }
    }
    open = next
  }
  return undefined
}
