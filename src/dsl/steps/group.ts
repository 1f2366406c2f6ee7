import { listColumns } from '../check/check-repeats.ts'
import type { Scope } from '../check/checker.ts'
import { type BoundKey, bindKey, bindMeasureColumn, lowerGrouping, openScope, relateGroups } from '../check/grouping.ts'
import type { Grouping } from '../check/rest.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatNamed } from '../text/format-expression.ts'
import { foreign } from '../text/parse-foreign.ts'
import { parseList, parseNamed } from '../text/parse-list.ts'
import type { GroupStep, Named } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression, describeRows } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

/** `group plan: …` of other languages lacks its `by`. */
function acceptBy(cursor: Cursor): void {
  if (cursor.acceptWord('by')) return
  const span = cursor.isSymbol(':') ? undefined : cursor.peek()?.span
  if (!span)
    cursor.expected('`by` and its keys, or `all`', 'Write `group by plan: n = count()` or `group all: n = count()`.')
  cursor.report({
    code: 'foreign-words',
    message: '`group` is followed by `by` or `all`',
    hint: 'Write `group by`.',
    span,
    fixes: [{ title: 'group → group by', span: { start: span.start, end: span.start }, text: 'by ' }],
  })
}

/** Whether a `by` stands further on, with aggregates before it: `group count() by plan`. */
function isTurned(cursor: Cursor): boolean {
  if (cursor.isWord('by')) return false
  for (let ahead = 0; ; ahead++) {
    const token = cursor.peek(ahead)
    if (!token || (token.kind === 'symbol' && token.value === ':')) return false
    if (token.kind === 'word' && token.value.toLowerCase() === 'by') return true
  }
}

/** Keys behind the aggregates, as a sentence has them: mended. */
function parseTurned(cursor: Cursor, start: number): GroupStep {
  const measures = parseList(cursor, parseNamed)
  cursor.expectWord('by')
  const keys = parseList(cursor, parseNamed)
  const meant: GroupStep = { kind: 'group', keys, measures }
  cursor.report({
    code: 'foreign-words',
    message: 'keys come before aggregates',
    hint: 'Write `group by <keys>: <aggregates>`.',
    span: cursor.spanFrom(start),
    fixes: [{ title: 'group … by → group by …', span: cursor.spanFrom(start), text: formatGroup(meant) }],
  })
  return cursor.place(start, meant)
}

function formatGroup({ keys, measures }: GroupStep): string {
  const by = keys.length === 0 ? 'group all' : `group by ${keys.map(formatNamed).join(', ')}`
  return measures.length === 0 ? by : `${by}: ${measures.map(formatNamed).join(', ')}`
}

/** How far ahead the parenthesis is closed that opens here. */
function findClose(cursor: Cursor): number | undefined {
  let depth = 0
  for (let ahead = 0; ; ahead++) {
    const token = cursor.peek(ahead)
    if (!token) return undefined
    if (token.kind !== 'symbol') continue
    depth += token.value === '(' ? 1 : token.value === ')' ? -1 : 0
    if (depth === 0) return ahead
  }
}

/** `group by (plan, country): …`: keys in parentheses. */
function acceptEnclosed(cursor: Cursor): readonly Named[] | undefined {
  const close = cursor.isSymbol('(') ? findClose(cursor) : undefined
  const behind = close === undefined ? undefined : cursor.peek(close + 1)
  if (close === undefined || (behind && behind.value !== ':')) return undefined
  const hasComma = Array.from({ length: close }, (_, ahead) => cursor.peek(ahead)?.value).includes(',')
  if (!hasComma) return undefined
  const start = cursor.mark()
  cursor.take()
  const keys = parseList(cursor, parseNamed, ')')
  cursor.expectSymbol(')')
  const text = keys.map(formatNamed).join(', ')
  cursor.report(foreign('keys stand without parentheses', `(${text}) → ${text}`, cursor.spanFrom(start), text))
  return keys
}

/** Aggregates, one a line maybe, where the commas between them may lack. */
function parseMeasures(cursor: Cursor): readonly Named[] {
  const measures = [...parseList(cursor, parseNamed)]
  while (['word', 'name'].includes(cursor.peek()?.kind ?? '') && cursor.peek(1)?.value === '=') {
    const { end } = cursor.spanFrom(cursor.mark() - 1)
    cursor.report({
      code: 'foreign-words',
      message: 'commas stand between aggregates',
      hint: 'Write `group by plan: n = count(), revenue = sum(mrr)`.',
      span: cursor.peek()?.span,
      fixes: [{ title: 'a comma between aggregates', span: { start: end, end }, text: ',' }],
    })
    measures.push(...parseList(cursor, parseNamed))
  }
  return Object.freeze(measures)
}

function parseGroup(cursor: Cursor): GroupStep {
  const start = cursor.mark()
  cursor.take()
  const next = cursor.peek(1)
  const isAll = cursor.isWord('all') && next?.kind === 'symbol' && next.value === ':'
  if (!isAll && isTurned(cursor)) return parseTurned(cursor, start)
  let keys: readonly Named[] = Object.freeze([])
  if (isAll) cursor.take()
  else {
    acceptBy(cursor)
    keys = acceptEnclosed(cursor) ?? parseList(cursor, parseNamed, ':')
  }
  const hasMeasures = cursor.acceptSymbol(':')
  const measures = hasMeasures ? parseMeasures(cursor) : Object.freeze([])
  return cursor.place(start, { kind: 'group', keys, measures })
}

const describeKeyOf = (step: GroupStep, { column, value }: BoundKey, at: number, scope: Scope): string => {
  const node = step.keys[at]?.value
  if (value.kind === 'bucket' && node?.kind === 'call' && node.args[0])
    return `${column.label} (${describeExpression(node.args[0], scope)})`
  return column.label
}

/** One row per combination of keys. An empty key is a group of its own. */
export const group = defineStep<GroupStep, Grouping>({
  kind: 'group',
  name: 'group by',
  verb: 'group',
  summary:
    'One row per combination of keys, with aggregates over the rows of each; `group all` gives one row for everything.',
  grammar: ['group by [<name> =] <key>, …: [<name> =] <aggregate>, …', 'group all: [<name> =] <aggregate>, …'],
  example: 'from account\ngroup by month(created_at), plan: signups = count()\nchart line month, signups by plan',
  shape: { keys: shapes.list(shapes.named), measures: shapes.list(shapes.named) },
  parse: parseGroup,
  format: formatGroup,
  check: (step, before, checker) => {
    const scope = openScope(checker, before)
    const taken = new Set<string>()
    const keep = <T extends { readonly column: { readonly name: string } }>(one: T): T => {
      taken.add(one.column.name)
      return one
    }
    const keys = step.keys.map((named) => keep(bindKey(named, scope, taken)))
    const one = listColumns(keys.map(({ value }) => value))
    const measures = step.measures.map((named) =>
      keep(bindMeasureColumn(named, { ...scope, keys: one, group: keys }, taken)),
    )
    const grouping: Grouping = { bound: { keys, measures }, below: { node: undefined }, before }
    return { after: { ...relateGroups(grouping.bound), grouping }, bound: grouping }
  },
  describe: (step, { before, bound: { bound }, checker }) => {
    const scope = openScope(checker, before)
    const measures = step.measures.map(
      ({ value }, at) =>
        `${bound.measures[at]?.column.label}: ${describeExpression(value, { ...scope, mode: 'group' })}`,
    )
    const keys = bound.keys.map((key, at) => describeKeyOf(step, key, at, scope)).join(' and ')
    const start = step.keys.length === 0 ? `Over all ${describeRows(scope)}` : `For each ${keys}`
    return measures.length === 0 ? `Make one row for each ${keys}` : `${start}, work out ${measures.join('; ')}`
  },
  lower: ({ bound, below }, builder) => {
    below.node = lowerGrouping(bound, builder)
  },
})
