import type { Catalog } from '../../catalog/catalog.ts'

export interface Path {
  /** Relation names from the base; empty for the base itself. */
  readonly relations: readonly string[]
  readonly model: string
}

const deep = 2

/**
 * Models that can be reached from `base` over to-one relations (`cardinality` one) or over at least one to-many relation (many), shortest
 * first, at most two relations away. The base itself is the first to-one path.
 */
export function listPaths(catalog: Catalog, base: string, cardinality: 'one' | 'many'): readonly Path[] {
  const found: (Path & { readonly many: boolean })[] = []
  let edge: readonly (Path & { readonly many: boolean })[] = [{ relations: [], model: base, many: false }]
  for (let depth = 0; depth <= deep; depth++) {
    found.push(...edge)
    edge = edge.flatMap(({ relations, model, many }) =>
      Object.values(catalog.models[model]?.relations ?? {})
        .filter(({ to }) => to !== base)
        .map((relation) => ({
          relations: [...relations, relation.name],
          model: relation.to,
          many: many || relation.cardinality === 'many',
        })),
    )
  }
  return found.filter(({ many }) => many === (cardinality === 'many'))
}

/** The only shortest path from `base` to `model`; undefined when there is none or several (an owner and a creator). */
export function findPath(catalog: Catalog, base: string, model: string, cardinality: 'one' | 'many'): Path | undefined {
  const paths = listPaths(catalog, base, cardinality).filter((path) => path.model === model)
  const [first, second] = paths
  if (!first || (second && second.relations.length === first.relations.length)) return undefined
  return first
}
