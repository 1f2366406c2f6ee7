/** A tree of an older version: what it holds is known to the codemod that leaves that version. */
export interface OldTree {
  readonly dsl: number
  readonly [member: string]: unknown
}

/** The way from one version of the language to the next. Append-only: trees of every version are still about. */
export interface Codemod {
  readonly from: number
  /** What changed, as the changelog says it. */
  readonly title: string
  /** The tree as version `from + 1` writes it, with the same rows. The version number itself is not its business. */
  readonly change: (tree: OldTree) => OldTree
}

type Json = unknown

/** `value` with `change` applied to every object in it, the innermost first. */
export function mapObjects(value: Json, change: (object: Readonly<Record<string, Json>>) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [name, mapObjects(member, change)] as const)
  return change(Object.fromEntries(members))
}
