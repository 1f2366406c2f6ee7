import type { Scope } from '../check/checker.ts'
import { readPattern } from '../check/portable-pattern.ts'
import type { ScalarName } from '../functions/scalar-names.ts'
import type { Binary, BinaryOperator } from '../tree/ast.ts'
import { typeNames } from './bind-comparison.ts'
import { type Bound, call, literal, unknown } from './bound.ts'

const searches: Partial<Record<BinaryOperator, ScalarName>> = {
  contains: 'contains',
  'starts with': 'starts_with',
  'ends with': 'ends_with',
  matches: 'matches',
}

export const isSearch = (operator: BinaryOperator): boolean => searches[operator] !== undefined

/** `contains`, `starts with`, `ends with`, `matches`: a text looked for in another. */
export function bindSearch(node: Binary, scope: Scope): Bound {
  const { checker } = scope
  const { operator } = node
  const args = [checker.bind(node.left, scope), checker.bind(node.right, scope)]
  if (args.some(({ type }) => type === 'unknown')) return unknown
  const wrong = args.findIndex(({ type }) => type !== 'text')
  if (wrong >= 0)
    return checker.report(wrong === 0 ? node.left : node.right, {
      code: 'type-mismatch',
      message: `\`${operator}\` looks into texts, and this is ${typeNames[args[wrong]?.type ?? 'unknown']}`,
      hint: 'Compare other values with `=`, `<` or `between`.',
    })
  const pattern = operator === 'matches' ? bindPattern(node, scope) : args[1]!
  return pattern ? call(searches[operator]!, 'boolean', args[0]!, pattern) : unknown
}

/** The pattern is written out, so that it can be held to what all engines understand. */
function bindPattern({ right }: Binary, { checker }: Scope): Bound | undefined {
  const read = right.kind === 'text' ? readPattern(right.value) : undefined
  if (read?.ok) return literal('text', read.pattern)
  checker.report(right, {
    code: 'pattern',
    message: read
      ? `the pattern cannot be read: ${read.message}`
      : 'the pattern behind `matches` is a text that is written out',
    hint: read
      ? 'A pattern is made of letters, `.`, `[a-z]`, `\\d`, `\\w`, `\\s`, `^`, `$`, `( | )` and `* + ? {2,5}`.'
      : 'Look for the value of a column with `contains`.',
  })
  return undefined
}
