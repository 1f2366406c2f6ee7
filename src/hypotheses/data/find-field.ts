import type { Catalog, Field } from '../../catalog/catalog.ts'

/** A field and the model that owns it, as a path from `model` names it (`plan`, `account.plan`). Undefined when there is none. */
export function findField(
  catalog: Catalog,
  model: string,
  path: string,
): { readonly model: string; readonly field: Field } | undefined {
  const parts = path.split('.')
  let owner = catalog.models[model]
  for (const part of parts.slice(0, -1)) {
    const relation = owner?.relations[part]
    owner = relation && catalog.models[relation.to]
  }
  const field = owner?.fields[parts.at(-1) ?? '']
  return owner && field ? { model: owner.name, field } : undefined
}
