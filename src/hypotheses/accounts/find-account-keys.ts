import type { Catalog, Field, Metric, Model } from '../../catalog/catalog.ts'
import type { Slice } from '../hypothesis.ts'
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

/** Path to the key of the users (or other things) behind a model's rows, and what one is called. */
export interface UnitKey {
  readonly path: string
  readonly label: string
}

/** Undefined where there is no user, where each row is one, and where accounts are behind the rows: findings name those. */
export function findUserKey(catalog: Catalog, from: string): UnitKey | undefined {
  const found = findPath(catalog, from, 'account') ? undefined : findPath(catalog, from, 'user')
  if (!found || found.steps.length === 0) return undefined
  return toUnitKey(found.steps, found.model)
}

/**
 * Paths to the keys of what a row belongs to and a slice's fields are of (the event of `event.genre`, the campaign of `campaign.theme`), but for accounts and
 * users.
 */
export function listOwnerKeys({ models }: Catalog, from: string, slice: Slice): readonly UnitKey[] {
  const steps = new Set(slice.flatMap(({ field }) => field.split('.').slice(0, -1).slice(0, 1)))
  return [...steps].flatMap((step) => {
    const relation = models[from]?.relations[step]
    const model = relation?.cardinality === 'one' ? models[relation.to] : undefined
    const kind = model?.semantics?.kind
    return model && kind !== 'account' && kind !== 'user' ? (toUnitKey([step], model) ?? []) : []
  })
}

function toUnitKey(steps: readonly string[], model: Model): UnitKey | undefined {
  const key = Object.values(model.fields).find(({ column }) => model.key.length === 1 && column === model.key[0])
  return key && { path: [...steps, key.name].join('.'), label: model.label }
}

/** The shortest way over relations to one row each. */
function findPath(
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
