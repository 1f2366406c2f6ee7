import { accept, createDiagnostic, type Outcome, reject } from '../../base/diagnostic.ts'
import type { OldTree } from '../codemods/codemod.ts'
import { format } from '../text/format.ts'
import { dslVersion, type Tree } from './ast.ts'
import { isKnownVersion, migrateTree } from './migrate-tree.ts'
import { treeShape } from './tree-shape.ts'

type Keys = readonly (string | number)[]

const refuse = (message: string, path: Keys): Outcome<never> =>
  reject(
    createDiagnostic({
      code: 'malformed-tree',
      message,
      hint: 'Send the text of the exploration, or a tree as `docs/reference/exploration.schema.json` describes it.',
      path,
    }),
  )

/** The value held against the schema; undefined where it is nested so deep that it cannot even be walked. */
function hold(value: object) {
  try {
    return treeShape.safeParse(migrateTree(value as OldTree))
  } catch {
    return undefined
  }
}

/** `steps[1].condition`. */
const writePath = (path: Keys): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '')

/**
 * A tree that came from outside, of whatever version, as canonical text of the newest. Any JSON may be given: one that is no tree is a diagnostic with the place in it. Only
 * the text goes on, and is parsed like any other, so that no later stage meets a tree that `parse` would not have made.
 */
export function readTree(value: object): Outcome<string> {
  const { dsl } = value as Partial<OldTree>
  if (!isKnownVersion(dsl)) return refuse(`the tree is of no version from 1 to ${dslVersion} of the language`, ['dsl'])
  const held = hold(value)
  if (!held) return refuse('the tree is nested too deep', ['steps'])
  if (held.success) return accept(format(held.data as unknown as Tree))
  const [issue] = held.error.issues
  const path = (issue?.path ?? []).map((key) => (typeof key === 'symbol' ? String(key) : key))
  const what = path.length === 0 ? 'the tree' : `\`${writePath(path)}\``
  return refuse(`${what} is malformed: ${issue?.message.toLowerCase() ?? 'it has another shape'}`, path)
}
