import { findOwn } from '../check/find-own.ts'
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
  ['summarize', 'group all:'],
  ['summarise', 'group all:'],
  ['let', 'add'],
  ['mutate', 'add'],
  ['compute', 'add'],
  ['calculate', 'add'],
  ['qualify', 'where'],
  ['arrange', 'sort'],
]

const reads = 'An exploration only reads.'

/** Steps of other languages that are said in another way here, each with how. */
const advice: Readonly<Record<string, string>> = {
  union:
    'Name the steps of both parts with `block <name>` above them, and put one below the other by `append block <name>`; `unique` keeps each row once.',
  intersect:
    'Ask for each row whether the other part has it, as `where any(users)`, or put a block beside these rows by `join block <name> keep matching`.',
  except: 'Ask for each row whether the other part has it, as `where none(users)`.',
  minus: 'Ask for each row whether the other part has it, as `where none(users)`.',
  with: 'Write `block <name>` on a line above the steps, and `from block <name>` where they are read.',
  rename: 'Name columns where they are chosen: `show mrr as revenue`.',
  drop: 'Name the columns that stay, as `show name, plan`.',
  offset: 'Number the rows with `add n = row_number()`, and leave some out by `where n > 10`.',
  insert: reads,
  update: reads,
  delete: reads,
  create: reads,
}

/** How a step is said that starts with this word in another language. */
export const findAdvice = (word: string): string | undefined => findOwn(advice, word.toLowerCase())

/** `-- a note` of SQL. */
export function refuseDashes(cursor: Cursor): void {
  const [first, second] = [cursor.peek(), cursor.peek(1)]
  if (first?.value !== '-' || second?.value !== '-' || first.span.end !== second.span.start) return
  const span = { start: first.span.start, end: second.span.end }
  cursor.stop({
    code: 'foreign-words',
    message: 'a comment starts with `#`',
    hint: 'Write `#`.',
    span,
    fixes: [{ title: '-- → #', span, text: '#' }],
  })
}

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
