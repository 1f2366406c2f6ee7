import { hash } from 'node:crypto'
import type { Tree } from './ast.ts'

/** Members that say nothing about what is asked. The version is none: a question does not become another one by a new spelling elsewhere. */
const silent: ReadonlySet<string> = new Set(['comments', 'note', 'closing', 'header', 'heading', 'dsl'])

/** JSON with sorted keys, without comments, header and the result's name. */
function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const node = value as Readonly<Record<string, unknown>>
  const members = []
  for (const key of Object.keys(node).sort())
    if (node[key] !== undefined && !silent.has(key)) members.push(`${JSON.stringify(key)}:${write(node[key])}`)
  return `{${members.join(',')}}`
}

/** The identity of a question: a hash of its tree without version, header lines (but for its parameters) and comments, 16 letters of hexadecimal. */
export function identify(tree: Tree): string {
  const { params } = tree.header
  return hash('sha256', write(params ? { ...tree, params } : tree)).slice(0, 16)
}
