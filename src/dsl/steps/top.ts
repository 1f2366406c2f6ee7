import { z } from 'zod'
import { bindApart } from '../bind/bind-series.ts'
import type { Bound } from '../bind/bound.ts'
import type { Scope } from '../check/checker.ts'
import { type BoundSort, bindSort, hideSorts, lowerSort } from '../check/ordering.ts'
import type { Relation } from '../check/relation.ts'
import { type BoundRest, bindRest, lowerRest } from '../check/rest.ts'
import { type Builder, lowerExpression } from '../plan/lower-expression.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { parseCount, parseList, parseSortItem } from '../text/parse-list.ts'
import { parsePath } from '../text/parse-names.ts'
import { quotePath, quoteText } from '../text/quote.ts'
import type { Path, TopStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression, describePath, describeRows } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

interface BoundTop {
  readonly count: number
  readonly by: readonly BoundSort[]
  readonly per: readonly Bound[]
  readonly perNames: readonly string[]
  readonly withTies: boolean
  readonly rest: BoundRest | undefined
}

/** `top 5` behind a `sort` is what `limit` does. */
function refuseBare(cursor: Cursor): never {
  const span = cursor.spanFrom(0)
  const text = `limit ${cursor.peek(-1)?.value ?? ''}`
  return cursor.stop({
    code: 'foreign-words',
    message: '`top` needs a value to order by',
    hint: `Write \`top 10 by revenue\`, or \`${text}\` for the first in the order that rows have.`,
    span,
    fixes: [{ title: `top → ${text}`, span, text }],
  })
}

/** Where `by` stands with a column before it: `top 5 name by revenue`. */
function findBy(cursor: Cursor): number | undefined {
  const ahead = cursor.peek(1)
  const next = cursor.peek()
  return next?.kind === 'word' && ahead?.kind === 'word' && ahead.value.toLowerCase() === 'by' ? 1 : undefined
}

/** `top 5 revenue` lacks its `by`. */
function expectBy(cursor: Cursor): void {
  const next = cursor.peek()
  if (cursor.acceptWord('by')) return
  if (next === undefined) refuseBare(cursor)
  const at = findBy(cursor)
  if (at !== undefined)
    cursor.stop({
      code: 'foreign-words',
      message: '`top` keeps whole rows, and is followed by `by`',
      hint: `Write \`top 10 by ${cursor.peek(at + 1)?.value ?? 'revenue'}\`, and choose columns with \`show\`.`,
    })
  cursor.report({
    code: 'foreign-words',
    message: '`top` is followed by a number, `by` and a value',
    hint: 'Write `top 10 by revenue`.',
    fixes: [{ title: 'top … → top … by', span: { start: next.span.start, end: next.span.start }, text: 'by ' }],
  })
}

function parseTop(cursor: Cursor): TopStep {
  const start = cursor.mark()
  cursor.take()
  const count = parseCount(cursor)
  expectBy(cursor)
  const by = parseList(cursor, (at) => parseSortItem(at, 'desc'))
  const per: readonly Path[] = cursor.acceptWord('per') ? parseList(cursor, parsePath) : Object.freeze([])
  const withTies = cursor.acceptWord('with', 'ties')
  if (!cursor.acceptWord('rest', 'as')) return cursor.place(start, { kind: 'top', count, by, per, withTies })
  const rest = cursor.peek()
  if (rest?.kind !== 'text') return cursor.expected('a text', 'Write `rest as "Other"`.')
  cursor.take()
  return cursor.place(start, { kind: 'top', count, by, per, withTies, rest: rest.value })
}

/** The first rows by a value, largest first; in each group of `per`. */
export const top = defineStep<TopStep, BoundTop>({
  kind: 'top',
  name: 'top',
  verb: 'top',
  summary:
    'Keep the rows with the largest values (smallest with `asc`), in all or per group; `rest as` makes one row of all others, worked out anew from their rows.',
  grammar: ['top <n> by <column> [asc] [per <columns>] [with ties] [rest as "<name>"]'],
  example: 'from invoice\ngroup by account.country: revenue = sum(amount)\ntop 5 by revenue rest as "Other"',
  shape: {
    count: shapes.count,
    by: shapes.list(shapes.sortItem),
    per: shapes.list(shapes.path),
    withTies: z.boolean(),
    rest: shapes.optional(z.string()),
  },
  parse: parseTop,
  format: ({ count, by, per, withTies, rest }) =>
    [
      `top ${count} by ${by.map(({ value, descending }) => `${formatExpression(value)}${descending ? '' : ' asc'}`).join(', ')}`,
      per.length > 0 ? `per ${per.map(({ parts }) => quotePath(parts)).join(', ')}` : '',
      withTies ? 'with ties' : '',
      rest === undefined ? '' : `rest as ${quoteText(rest)}`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  check: (step, before, checker) => {
    const scope: Scope = { checker, relation: before, mode: 'row', across: true }
    const by = step.by.map((item) => bindSort(item, scope))
    const per = bindApart(step.per, scope) ?? []
    const perNames = per.flatMap((one) => (one.kind === 'column' ? [one.name] : []))
    const rest = step.rest === undefined ? undefined : bindRest(step, by, before, checker)
    const order = [...perNames.map((name) => ({ name, descending: false })), ...by.map(({ key }) => key)]
    const after: Relation = rest ? rest.after : { ...before, order, hidden: hideSorts(before, by) }
    return { after, bound: { count: step.count, by, per, perNames, withTies: step.withTies, rest } }
  },
  describe: (step, { before, checker }) => {
    const scope: Scope = { checker, relation: before, mode: 'row', across: true }
    const keys = step.by.map(
      ({ value, descending }) => `${descending ? 'largest' : 'smallest'} ${describeExpression(value, scope)}`,
    )
    const per = step.per.length > 0 ? ` in each ${step.per.map((path) => describePath(path, scope)).join(' and ')}` : ''
    const ties = step.withTies ? ', and those that tie with the last' : ''
    const rest = step.rest === undefined ? '' : `; all others together are “${step.rest}”`
    return `Keep the ${step.count} ${describeRows(scope)} with the ${keys.join(', then the ')}${per}${ties}${rest}`
  },
  lower: (bound, builder) => {
    if (bound.rest) lowerRest(bound.rest, (on) => cut(bound, on), builder)
    else cut(bound, builder)
  },
})

function cut({ count, by, per, perNames, withTies }: BoundTop, builder: Builder): void {
  for (const one of per) lowerExpression(one, builder)
  const keys = by.map((one) => lowerSort(one, builder))
  builder.push((input, step) => ({ op: 'top', step, input, count, by: keys, per: perNames, withTies }))
}
