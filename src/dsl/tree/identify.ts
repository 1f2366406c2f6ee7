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

/** What steps are written as: they are frozen, and trees of like questions share them. */
const written = new WeakMap<object, string>()

function writeStep(step: object): string {
  const known = written.get(step)
  if (known !== undefined) return known
  const text = write(step)
  if (Object.isFrozen(step)) written.set(step, text)
  return text
}

/** The identity of a question: a hash of its tree without version, header lines (but for its parameters) and comments, 16 letters of hexadecimal. */
export function identify({ blocks, header: { params }, steps }: Tree): string {
  // The order of `write`: by name.
  const members = [
    ...(blocks ? [`"blocks":${write(blocks)}`] : []),
    ...(params ? [`"params":${write(params)}`] : []),
    `"steps":[${steps.map(writeStep).join(',')}]`,
  ]
  return hash('sha256', `{${members.join(',')}}`).slice(0, 16)
}
