import { accept, createDiagnostic, type Outcome, reject } from '../../base/diagnostic.ts'
import type { OldTree } from '../codemods/codemod.ts'
import { codemods } from '../codemods/index.ts'
import { format } from '../text/format.ts'
import { parse } from '../text/parse.ts'
import { dslVersion, type Tree } from './ast.ts'

/** Whether a tree is of a version that there has been. */
export const isKnownVersion = (version: unknown): version is number =>
  Number.isInteger(version) && Number(version) >= 1 && Number(version) <= dslVersion

/** A tree of any version as the newest one. Nothing but the spelling changes: it gives the same rows. */
export function migrateTree(tree: OldTree): Tree {
  const changed = codemods
    .filter(({ from }) => from >= tree.dsl)
    .reduce<OldTree>((old, { from, change }) => ({ ...change(old), dsl: from + 1 }), tree)
  return changed as unknown as Tree
}

/** A text that was written in version `from`, as canonical text of the newest one. Comments stay; what cannot be read is told. */
export function migrateText(text: string, from: number, sourceName?: string): Outcome<string> {
  if (!isKnownVersion(from))
    return reject(
      createDiagnostic({
        code: 'malformed-tree',
        message: `there is no version ${from} of the language`,
        hint: `Versions are 1 to ${dslVersion}.`,
      }),
    )
  const parsed = parse(text, sourceName)
  if (!parsed.ok) return parsed
  const before = JSON.parse(JSON.stringify({ ...parsed.value, dsl: from })) as OldTree
  return accept(format(migrateTree(before)))
}
