import type { Cursor } from './cursor.ts'

/** How other languages start a step, and how ours does. */
export const foreignVerbs: readonly (readonly [words: string, ours: string])[] = [
  ['order by', 'sort'],
  ['sort by', 'sort'],
  ['having', 'where'],
  ['filter', 'where'],
  ['and where', 'where'],
  ['select', 'show'],
  ['keep', 'where'],
  ['take', 'limit'],
  ['head', 'limit'],
  ['first', 'limit'],
  ['derive', 'add'],
  ['extend', 'add'],
  ['aggregate', 'group all:'],
]

const spelled = foreignVerbs.map(([words, ours]) => ({ words, ours, parts: words.split(' ') }))
const byFirst = Map.groupBy(spelled, ({ parts }) => parts[0])

/** Reports a verb of another language with its fix, and leaves the step to be read when the text is mended. */
export function acceptForeignVerb(cursor: Cursor): boolean {
  for (const { words, ours, parts } of byFirst.get(cursor.peek()?.value.toLowerCase()) ?? []) {
    if (!cursor.isWord(...parts)) continue
    const start = cursor.mark()
    const next = cursor.peek(parts.length)
    // `sort by` alone sorts by a column of that name.
    if (!next || next.kind === 'symbol' || !cursor.acceptWord(...parts)) continue
    const span = cursor.spanFrom(start)
    cursor.report({
      code: 'foreign-words',
      message: `\`${words}\` is written \`${ours}\``,
      hint: `Start the step with \`${ours}\`.`,
      span,
      fixes: [{ title: `${words} → ${ours}`, span, text: ours }],
    })
    return true
  }
  return false
}
