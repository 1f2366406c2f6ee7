import type { Checker } from '../check/checker.ts'
import type { BoundKey } from '../check/grouping.ts'
import type { Relation, RelationColumn } from '../check/relation.ts'

/**
 * The rows after a step that makes its own: one for each combination of `shown`, with `measures` beside them. `keys` are those among them
 * that may have hidden columns. The names are given to nothing else from here on.
 */
export function relateKeys(
  shown: readonly RelationColumn[],
  measures: readonly RelationColumn[],
  keys: readonly BoundKey[],
  { names }: Checker,
): Relation {
  const columns = [...shown, ...measures]
  for (const { name } of columns) names.take(name)
  return {
    columns,
    rows: undefined,
    grain: { kind: 'keys', keys: shown.map(({ name }) => name) },
    order: [],
    hidden: new Map(keys.flatMap(({ identity }) => identity.map(({ name, value }) => [name, value.type] as const))),
    bounds: new Map(),
    repeats: [],
  }
}
