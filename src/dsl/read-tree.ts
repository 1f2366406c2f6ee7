import { accept, createDiagnostic, type Outcome, reject } from '../base/diagnostic.ts'
import type { Step, Tree } from './ast.ts'
import { dslVersion } from './ast.ts'
import { format, formatStep } from './format.ts'
import { stepsMax } from './parse.ts'

/** What stands in a text where a tree lacks a word. */
const holes = ['undefined', '[object Object]'] as const

/** The text that `write` gives; undefined where the value has another shape than its type says, or is nested too deep. */
function attempt(write: () => string, value: unknown): string | undefined {
  try {
    const text = write()
    const given = JSON.stringify(value)
    return holes.some((hole) => text.includes(hole) && !given.includes(hole)) ? undefined : text
  } catch {
    // Nothing else runs here than reading the value: whatever is thrown is about its shape.
    return undefined
  }
}

const refuse = (message: string, path: readonly (string | number)[]): Outcome<never> =>
  reject(
    createDiagnostic({
      code: 'malformed-tree',
      message,
      hint: 'Send the text of the exploration, or a tree as the language reference describes it.',
      path,
    }),
  )

/**
 * A tree that came from outside, as canonical text. Any JSON may be given: one that is no tree is a diagnostic. Only the text goes on, and
 * is parsed like any other, so that no later stage meets a tree that `parse` would not have made.
 */
export function readTree(value: object): Outcome<string> {
  const { dsl, header = {}, steps } = value as Partial<Tree>
  if (dsl !== dslVersion) return refuse(`the tree is not of version ${dslVersion} of the language`, ['dsl'])
  if (!Array.isArray(steps)) return refuse('the tree has no list of steps', ['steps'])
  if (steps.length > stepsMax) return refuse(`the tree has ${steps.length} steps; ${stepsMax} is the most`, ['steps'])
  const wrong = steps.findIndex((step: Step) => attempt(() => formatStep(step), step) === undefined)
  if (wrong >= 0) return refuse(`step ${wrong + 1} of the tree is none of the language`, ['steps', wrong])
  const tree: Tree = { ...(value as Tree), header, steps }
  const text = attempt(() => format(tree), tree)
  return text === undefined ? refuse('the header or a comment of the tree is malformed', []) : accept(text)
}
