import type { JoinStep } from '../tree/ast.ts'
import type { Cursor } from './cursor.ts'
import { foreign } from './parse-foreign.ts'
import { parseList } from './parse-list.ts'
import { acceptComma, parseName } from './parse-names.ts'
import { quoteName } from './quote.ts'

interface ForeignJoin {
  readonly words: string
  readonly message: string
  readonly keep: JoinStep['keep']
}

const plain = 'all rows stay in a `join` without a word'
const foreignJoins: readonly ForeignJoin[] = [
  { words: 'left join', message: plain, keep: undefined },
  { words: 'left outer join', message: plain, keep: undefined },
  { words: 'cross join', message: 'one row is put beside all others by `join block`', keep: undefined },
  { words: 'inner join', message: 'only rows with a match stay with `keep matching`', keep: 'matching' },
  { words: 'full join', message: 'rows of both stay with `keep all`', keep: 'all' },
  { words: 'full outer join', message: 'rows of both stay with `keep all`', keep: 'all' },
  { words: 'outer join', message: 'rows of both stay with `keep all`', keep: 'all' },
]

/** The join of SQL that starts at the cursor. */
export const readForeignJoin = (cursor: Cursor): ForeignJoin | undefined =>
  foreignJoins.find(({ words }) => cursor.isWord(...words.split(' ')))

/** Takes the word `block`; where it was left out it is put in. */
export function acceptBlock(cursor: Cursor, verb: string): void {
  if (cursor.isWord('block') && cursor.peek(1)) {
    cursor.take()
    return
  }
  const next = cursor.peek()
  if (next?.kind !== 'word' && next?.kind !== 'name')
    cursor.expected('`block` and its name', `Write \`${verb} block <name>\`.`)
  const span = { start: next!.span.start, end: next!.span.start }
  cursor.report({
    ...foreign(`\`${verb}\` is followed by \`block\``, `${verb} → ${verb} block`, span, 'block '),
    hint: `Write \`${verb} block <name>\`; columns of other models are reached over relations, as in \`account.plan\`.`,
  })
}

/** A key that both sides call the same; `a.month = b.month` of SQL says no more than that. */
function parseKey(cursor: Cursor): string {
  const start = cursor.mark()
  const parts = [parseName(cursor, 'a column of both sides')]
  while (cursor.acceptSymbol('.')) parts.push(parseName(cursor, 'a column behind the dot'))
  const own = parts.at(-1)!
  const isCompared = cursor.acceptSymbol('=', '==')
  const others = isCompared ? [parseName(cursor, 'a column of both sides')] : parts
  while (isCompared && cursor.acceptSymbol('.')) others.push(parseName(cursor, 'a column behind the dot'))
  if (parts.length === 1 && !isCompared) return own
  if (others.at(-1) !== own)
    return cursor.stop({
      code: 'foreign-words',
      message: 'a key has the same name on both sides',
      hint: `Name it \`${own}\` in the block, as with \`show ${quoteName(others.at(-1)!)} as ${quoteName(own)}\`, and join on \`${own}\`; columns of another model need no join, as \`account.plan\`.`,
      span: cursor.spanFrom(start),
    })
  const span = cursor.spanFrom(start)
  cursor.report(foreign('a key is named once', `a comparison → ${own}`, span, quoteName(own)))
  return own
}

/** Keys behind `on`; `and` of SQL stands for a comma. */
export function parseKeys(cursor: Cursor): readonly string[] {
  const keys = [parseKey(cursor)]
  for (;;) {
    const span = cursor.peek()?.span
    if (span && cursor.acceptWord('and')) cursor.report(foreign('keys are separated by commas', 'and → ,', span, ','))
    else if (!acceptComma(cursor, ':')) return keys
    keys.push(parseKey(cursor))
  }
}

/** `using (month)` of SQL. */
export function parseUsing(cursor: Cursor): readonly string[] {
  const start = cursor.mark()
  cursor.take()
  cursor.expectSymbol('(')
  const keys = parseList(cursor, () => parseName(cursor, 'a column of both sides'), ')')
  cursor.expectSymbol(')')
  const text = `on ${keys.map(quoteName).join(', ')}`
  cursor.report(foreign('keys stand behind `on`', `using → ${text}`, cursor.spanFrom(start), text))
  return keys
}
